import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DiskNotes } from '../../../server/src/adapters/files/diskNotes.ts';
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
	expect(found.filter(({ path }) => path.endsWith('a.md'))).toHaveLength(1);
});

test('a folder linked in from elsewhere is walked', async () => {
	const elsewhere = tempFolder({ 'c.md': 'far' });
	const root = tempFolder({ 'a.md': '' });
	symlinkSync(elsewhere, join(root, 'linked'));
	const found = await new DiskNotes(root, () => []).list(signal);
	expect(found.map(({ path }) => path).sort()).toEqual(['a.md', 'linked/c.md']);
});

test('a folder that is not there is an error with what to do', async () => {
	await expect(new DiskNotes('/no/such/folder', () => []).list(signal)).rejects.toThrow(UserError);
});

test('an abort ends the walk', async () => {
	const notes = new DiskNotes(tempFolder({ 'a.md': '' }), () => []);
	await expect(notes.list(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});

/** `list` finds `expected`, and `stat` says the same of every file. */
async function check(files: Record<string, string>, exclude: string[], expected: string[]): Promise<void> {
	const notes = new DiskNotes(tempFolder(files), () => exclude);
	const listed = (await notes.list(signal)).map(({ path }) => path).sort();
	expect(listed).toEqual(expected);
	const present: string[] = [];
	for (const path of Object.keys(files)) if ((await notes.stat(path)) !== undefined) present.push(path);
	expect(present.sort()).toEqual(expected);
}
