import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DiskNotes } from '../../../server/src/adapters/files/diskNotes.ts';
import { tempFolder } from '../../support/tempFolder.ts';
import { check, pathsOf } from './listedNotes.ts';

const { signal } = new AbortController();

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
