import { expect, test } from 'vitest';
import { planScan, type ReadingRules } from '../../../server/src/core/indexing/plan.ts';
import type { StoredNote } from '../../../server/src/ports/store.ts';

const chunker = 3;

test('a note that has not changed is left alone', () => check([stored('a.md')], [file('a.md')], [], []));
test('a new note is read', () => check([], [file('a.md')], ['a.md'], []));
test('a note of another size is read', () =>
	check([stored('a.md')], [{ ...file('a.md'), size: 11 }], ['a.md'], []));
test('a note of another time is read', () =>
	check([stored('a.md')], [{ ...file('a.md'), mtimeMs: 21 }], ['a.md'], []));
test('a note cut by an older chunker is read', () =>
	check([{ ...stored('a.md'), chunker: 2 }], [file('a.md')], ['a.md'], []));
test('a note read by another language than is set is read', async () => {
	await check([{ ...stored('a.md'), language: 'en' }], [file('a.md')], ['a.md'], [], 'de');
	await check([stored('a.md')], [file('a.md')], ['a.md'], [], 'de');
	await check([{ ...stored('a.md'), language: 'de' }], [file('a.md')], [], [], 'de');
});
test('a note whose language was set is read once it is to be found out', async () => {
	await check([{ ...stored('a.md'), language: 'de', isLanguageSet: true }], [file('a.md')], ['a.md'], []);
	await check([{ ...stored('a.md'), language: 'de', isLanguageSet: false }], [file('a.md')], [], []);
});
test('a skipped note has no language', () =>
	check([{ ...stored('a.md'), hash: '', skipped: 'not UTF-8 text' }], [file('a.md')], [], [], 'de'));
test('a note whose file is gone is removed', () => check([stored('a.md')], [], [], ['a.md']));
test('a skipped note is not tried again until it changes', () =>
	check([{ ...stored('a.md'), hash: '', skipped: 'not UTF-8 text' }], [file('a.md')], [], []));
test('a renamed note is read and its old name removed', () =>
	check([stored('a.md')], [file('b.md')], ['b.md'], ['a.md']));
test('the most recently changed are read first', () =>
	check([], [file('old.md'), { ...file('new.md'), mtimeMs: 90 }], ['new.md', 'old.md'], []));

test('a note that could not be read is tried again', () =>
	check([{ ...stored('a.md'), skipped: "can't be read (EACCES)" }], [file('a.md')], ['a.md'], []));
test('notes in a folder that can’t be read now stay', () =>
	check([stored('far/a.md'), stored('farther/b.md')], [], [], ['farther/b.md'], 'auto', ['far']));
test('a note spelled in another Unicode form is the same note, read anew under the name it has', () =>
	check([stored('caf\u00e9.md')], [file('cafe\u0301.md')], ['cafe\u0301.md'], []));
test('a note of another case is another note', () =>
	check([stored('A.md')], [file('a.md')], ['a.md'], ['A.md']));

async function check(
	known: StoredNote[],
	files: ReturnType<typeof file>[],
	read: string[],
	removed: string[],
	language: ReadingRules['language'] = 'auto',
	unreadable: string[] = [],
): Promise<void> {
	const plan = await planScan(known, { files, unreadable }, { chunker, language }, async () => {});
	expect(plan.read.map(({ path }) => path)).toEqual(read);
	expect(plan.remove.map(({ stamp }) => stamp.path)).toEqual(removed);
}

function file(path: string) {
	return { path, size: 10, mtimeMs: 20 };
}

function stored(path: string): StoredNote {
	return {
		id: 1,
		stamp: file(path),
		hash: 'h',
		chunker,
		skipped: undefined,
		title: path,
		aliases: [],
		tags: [],
		links: [],
		problems: [],
		indexedAtMs: 0,
	};
}
