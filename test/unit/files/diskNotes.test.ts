import {
	chmodSync,
	linkSync,
	mkdirSync,
	mkdtempSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DiskNotes } from '../../../server/src/adapters/files/diskNotes.ts';
import type { Exclusion, FolderListing } from '../../../server/src/ports/files.ts';
import { UserError } from '../../../server/src/ports/system.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const { signal } = new AbortController();

test('finds markdown in every folder and nothing else', () =>
	check(
		{ 'a.md': '', 'b.markdown': '', 'sub/c.MDX': '', 'sub/deep/d.md': '', 'e.txt': '', md: '' },
		[],
		['a.md', 'b.markdown', 'sub/c.MDX', 'sub/deep/d.md'],
	));

test('leaves out folders that hold no notes of the user’s', () =>
	check({ 'a.md': '', '.git/b.md': '', 'node_modules/c/d.md': '', '.obsidian/e.md': '' }, [], ['a.md']));

test('a .gitignore that is a link is not followed, and one too long for a person to have written does not count', async () => {
	const root = tempFolder({
		'a.md': '',
		rules: '*.md\n',
		'x/b.md': '',
		'x/.gitignore': `${'# padding\n'.repeat(7000)}*.md\n`,
	});
	symlinkSync('rules', join(root, '.gitignore'));
	const { files } = await new DiskNotes(root, () => []).list(signal);
	expect(files.map(({ path }) => path).toSorted()).toEqual(['a.md', 'x/b.md']);
});

test('a .gitignore counts by its first two thousand lines', () =>
	check({ '.gitignore': `a.md\n${'\n'.repeat(2000)}b.md\n`, 'a.md': '', 'b.md': '' }, [], ['b.md']));

test('a glob without a slash excludes at any depth', () =>
	check(
		{ 'a.md': '', 'drafts/b.md': '', 'x/drafts/c.md': '', 'draft.md': '' },
		['drafts'],
		['a.md', 'draft.md'],
	));

test('a glob with a slash excludes from the top', () =>
	check({ 'x/a.md': '', 'y/x/b.md': '', 'y/c.md': '' }, ['y/*.md'], ['x/a.md', 'y/x/b.md']));

test('a file’s name can be excluded', () =>
	check({ 'a.md': '', 'CHANGELOG.md': '' }, ['**/CHANGELOG.md'], ['a.md']));

test('what git ignores is not a note, and a deeper rule has the last word', () =>
	check(
		{
			'.gitignore': 'out/\n*.tmp.md\n',
			'a.md': '',
			'out/b.md': '',
			'x/c.tmp.md': '',
			'x/keep/.gitignore': '!d.tmp.md\n',
			'x/keep/d.tmp.md': '',
		},
		[],
		['a.md', 'x/keep/d.tmp.md'],
	));

test('a link that leads back up ends the walk instead of going round', async () => {
	const root = tempFolder({ 'a.md': '', 'sub/b.md': '' });
	symlinkSync(root, join(root, 'sub', 'up'));
	symlinkSync(join(root, 'sub'), join(root, 'again'));
	const found = await new DiskNotes(root, () => []).list(signal);
	expect(pathsOf(found)).toEqual(['a.md', 'sub/b.md']);
});

test('a folder linked in from elsewhere is walked', async () => {
	const elsewhere = tempFolder({ 'c.md': 'far' });
	const root = tempFolder({ 'a.md': '' });
	symlinkSync(elsewhere, join(root, 'linked'));
	const found = await new DiskNotes(root, () => []).list(signal);
	expect(pathsOf(found)).toEqual(['a.md', 'linked/c.md']);
});

test('a folder that is not there is an error with what to do', async () => {
	await expect(new DiskNotes('/no/such/folder', () => []).list(signal)).rejects.toThrow(UserError);
});

test('an abort ends the walk', async () => {
	const notes = new DiskNotes(tempFolder({ 'a.md': '' }), () => []);
	await expect(notes.list(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});

test('two links to one folder elsewhere: the first by name is walked, whichever is listed first', async () => {
	const elsewhere = tempFolder({ 'c.md': '' });
	const root = tempFolder();
	for (const name of ['z', 'b', 'k']) symlinkSync(elsewhere, join(root, name));
	const notes = new DiskNotes(root, () => []);
	const listing = await notes.list(signal);
	expect(pathsOf(listing)).toEqual(['b/c.md']);
	expect(listing.excluded).toEqual([{ by: { kind: 'link' }, notes: 0, folders: 2 }]);
	expect(await notes.locate('k/c.md')).toEqual({ kind: 'excluded', by: { kind: 'link' }, path: 'k' });
	expect(await notes.stat('b/c.md')).toMatchObject({ path: 'b/c.md' });
});

test('links that go round among themselves, or nowhere, end the walk', async () => {
	const root = tempFolder({ 'a.md': '' });
	const elsewhere = tempFolder({ 'b.md': '' });
	symlinkSync(join(root, 'one'), join(root, 'two'));
	symlinkSync(join(root, 'two'), join(root, 'one'));
	symlinkSync('self.md', join(root, 'self.md'));
	symlinkSync(join(root, 'nowhere'), join(root, 'broken'));
	symlinkSync(elsewhere, join(root, 'out'));
	symlinkSync(root, join(elsewhere, 'back'));
	symlinkSync(elsewhere, join(elsewhere, 'in itself'));
	expect(pathsOf(await new DiskNotes(root, () => []).list(signal))).toEqual(['a.md', 'out/b.md']);
});

test.each<[string, Record<string, string>, string, Exclusion, string]>([
	[
		'a folder that never holds notes',
		{ 'node_modules/x/a.md': '' },
		'node_modules/x/a.md',
		{ kind: 'folder', name: 'node_modules' },
		'node_modules',
	],
	[
		'a glob',
		{ 'x/drafts/a.md': '' },
		'x/drafts/a.md',
		{ kind: 'glob', setting: 'jarvis.indexing.exclude', glob: '**/drafts' },
		'x/drafts',
	],
	[
		'a glob of another setting',
		{ 'x/old.md': '' },
		'x/old.md',
		{ kind: 'glob', setting: 'files.exclude', glob: 'old.*' },
		'x/old.md',
	],
	[
		'a line of .gitignore',
		{ '.gitignore': '# ours\n\n*.tmp.md\nout/\n', 'out/y/a.md': '' },
		'out/y/a.md',
		{ kind: 'gitignore', file: '.gitignore', line: 4, rule: 'out/' },
		'out',
	],
	[
		'a line of a deeper .gitignore',
		{ '.gitignore': '!a.md\n', 'x/.gitignore': '\ufeffa.md\r\n', 'x/a.md': '' },
		'x/a.md',
		{ kind: 'gitignore', file: 'x/.gitignore', line: 1, rule: 'a.md' },
		'x/a.md',
	],
])('%s is named as what excludes a note, and counted', async (_what, files, path, by, at) => {
	const notes = new DiskNotes(tempFolder(files), () => [
		{ setting: 'files.exclude', globs: ['old.*'] },
		{ setting: 'jarvis.indexing.exclude', globs: ['never', '**/drafts'] },
	]);
	expect(await notes.locate(path)).toEqual({ kind: 'excluded', by, path: at });
	const counts = at === path ? { notes: 1, folders: 0 } : { notes: 0, folders: 1 };
	expect((await notes.list(signal)).excluded).toEqual([{ by, ...counts }]);
});

test('what is not there, or is no note, is told apart', async () => {
	const notes = new DiskNotes(tempFolder({ 'a.txt': '', 'sub/b.md': '' }), () => []);
	expect(await notes.locate('gone.md')).toEqual({ kind: 'missing' });
	expect(await notes.locate('a.txt')).toEqual({ kind: 'notNote' });
	expect(await notes.locate('sub')).toEqual({ kind: 'notNote' });
	expect(await notes.locate('sub/b.md')).toMatchObject({ kind: 'note', stamp: { path: 'sub/b.md' } });
});

const [composed, decomposed] = ['Gr\u00fcn/caf\u00e9.md', 'Gru\u0308n/cafe\u0301.md'];

test.each([
	['exactly', false],
	['loosely', true],
])(
	'a name in the other Unicode form is the same note, on a file system that opens %s',
	async (_how, isLoose) => {
		for (const [there, asked] of [
			[composed, decomposed],
			[decomposed, composed],
		] as const) {
			const notes = new DiskNotes(tempFolder({ [there]: '' }), () => [], isLoose);
			expect(await notes.stat(asked)).toMatchObject({ path: there });
			expect(await notes.stat('Gr\u00fcn/cafe.md')).toBeUndefined();
		}
	},
);

test('of two files that differ in Unicode form alone, the composed one is the note', async () => {
	const root = tempFolder({ [composed]: 'one', 'Gr\u00fcn/cafe\u0301.md': 'other' });
	const notes = new DiskNotes(root, () => []);
	const listing = await notes.list(signal);
	expect(pathsOf(listing)).toEqual([composed]);
	expect(listing.excluded).toEqual([{ by: { kind: 'spelling', of: composed }, notes: 1, folders: 0 }]);
	expect(await notes.stat('Gr\u00fcn/cafe\u0301.md')).toMatchObject({ path: composed, size: 3 });
});

test('a rule in one Unicode form excludes a name in the other', () =>
	check({ '.gitignore': 'caf\u00e9.md\n', 'cafe\u0301.md': '', 'Gru\u0308n/a.md': '' }, ['Gr\u00fcn'], []));

test('a name in another case is no note where the file was renamed, though the file system would open it', async () => {
	const root = tempFolder({ 'Note.md': '' });
	renameSync(join(root, 'Note.md'), join(root, 'note.md'));
	const notes = new DiskNotes(root, () => [], true);
	expect(await notes.stat('Note.md')).toBeUndefined();
	expect(await notes.stat('note.md')).toMatchObject({ path: 'note.md' });
});

test('names of any kind are listed and found', () =>
	check(
		Object.fromEntries(
			[
				' a .md',
				'-.md',
				'[x] {y} (z)!.md',
				'#~\\\n\t.md',
				'日本/наблюдение.md',
				'\u{1f3fa}\u200d.md',
				'%2e.md',
			].map((path) => [path, '']),
		),
		[],
		[
			' a .md',
			'#~\\\n\t.md',
			'%2e.md',
			'-.md',
			'[x] {y} (z)!.md',
			'日本/наблюдение.md',
			'\u{1f3fa}\u200d.md',
		].sort(),
	));

test('a folder that can’t be read is told, not taken for empty', async ({ skip }) => {
	skip(process.getuid?.() === 0, 'root may read everything');
	const root = tempFolder({ 'a.md': '', 'locked/b.md': '' });
	chmodSync(join(root, 'locked'), 0);
	const listing = await new DiskNotes(root, () => []).list(signal);
	chmodSync(join(root, 'locked'), 0o700);
	expect(listing.unreadable).toEqual(['locked']);
	expect(listing.excluded).toEqual([{ by: { kind: 'unreadable', code: 'EACCES' }, notes: 0, folders: 1 }]);
});

test('of a folder that has gone no note is said to be gone', async () => {
	const root = tempFolder({ 'a.md': '' });
	const notes = new DiskNotes(root, () => []);
	rmSync(root, { recursive: true });
	await expect(notes.stat('a.md')).rejects.toThrow(UserError);
	await expect(notes.list(signal)).rejects.toThrow(UserError);
});

test('a folder whose drive is gone is not taken for empty; one that was emptied is', async ({ skip }) => {
	const [root, drive] = [join(tempFolder(), 'notes'), tempFolder({ 'a.md': '' })];
	const other = statSync('/dev/shm', { throwIfNoEntry: false });
	skip(other === undefined || other.dev === statSync(drive).dev, 'there is no other drive here');
	const mountPoint = mkdtempSync('/dev/shm/jarvis-test-');
	onTestFinished(() => rmSync(mountPoint, { recursive: true }));
	symlinkSync(drive, root);
	const notes = new DiskNotes(root, () => []);
	expect(pathsOf(await notes.list(signal))).toEqual(['a.md']);
	rmSync(root);
	symlinkSync(mountPoint, root);
	await expect(notes.list(signal)).rejects.toThrow('its drive is gone');
	rmSync(root);
	symlinkSync(drive, root);
	rmSync(join(drive, 'a.md'));
	expect(pathsOf(await notes.list(signal))).toEqual([]);
});

test('a tree 400 folders deep is walked to its end', async () => {
	const root = tempFolder();
	const deep = Array.from({ length: 400 }, (_, at) => `d${at}`).join('/');
	mkdirSync(join(root, deep), { recursive: true });
	writeFileSync(join(root, deep, 'a.md'), '');
	const notes = new DiskNotes(root, () => []);
	expect(pathsOf(await notes.list(signal))).toEqual([`${deep}/a.md`]);
	expect(await notes.stat(`${deep}/a.md`)).toMatchObject({ path: `${deep}/a.md` });
});

test('100,000 files are listed, half of them excluded, without holding up the thread', async () => {
	const root = tempFolder({ 'source a': 'x', 'source b': 'x', '.gitignore': '*7.md\n' });
	for (let folder = 0; folder < 100; folder++) {
		const path = join(root, `folder ${folder}`);
		mkdirSync(path);
		const source = join(root, folder % 2 === 0 ? 'source a' : 'source b');
		for (let at = 0; at < 1000; at++) linkSync(source, join(path, `note ${at}.md`));
	}
	let turns = 0;
	const counting = setInterval(() => turns++, 1);
	const { files, excluded } = await new DiskNotes(root, () => [
		{ setting: 'files.exclude', globs: ['folder [5-9]?'] },
	]).list(signal);
	clearInterval(counting);
	expect(files).toHaveLength(45_000);
	expect(excluded).toEqual([
		{ by: { kind: 'glob', setting: 'files.exclude', glob: 'folder [5-9]?' }, notes: 0, folders: 50 },
		{ by: { kind: 'gitignore', file: '.gitignore', line: 1, rule: '*7.md' }, notes: 5000, folders: 0 },
	]);
	// Timers had their turn all along: a walk of one piece would leave them none.
	expect(turns).toBeGreaterThan(20);
}, 60_000);

/** `list` finds `expected`, and `stat` says the same of every file. */
async function check(files: Record<string, string>, exclude: string[], expected: string[]): Promise<void> {
	const notes = new DiskNotes(tempFolder(files), () => [{ setting: 'files.exclude', globs: exclude }]);
	expect(pathsOf(await notes.list(signal))).toEqual(expected);
	const present: string[] = [];
	for (const path of Object.keys(files)) if ((await notes.stat(path)) !== undefined) present.push(path);
	expect(present.sort()).toEqual(expected);
}

function pathsOf({ files }: FolderListing): string[] {
	return files.map(({ path }) => path).sort();
}
