import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DiskNotes } from '../../../server/src/adapters/files/diskNotes.ts';
import type { Exclusion } from '../../../server/src/ports/files.ts';
import { tempFolder } from '../../support/tempFolder.ts';
import { check } from './listedNotes.ts';

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
