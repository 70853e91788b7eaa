import { expect, test } from 'vitest';
import type { Language } from '../../../server/src/core/ranking/languages.ts';
import type { StoredNote } from '../../../server/src/ports/store.ts';
import { NoteTable } from '../../../server/src/services/folder/noteTable.ts';

function note(id: number, path: string, language?: Language): StoredNote {
	const nothing = { aliases: [], tags: [], links: [], problems: [], skipped: undefined };
	const stamp = { path, size: 1, mtimeMs: 1 };
	const common = { ...nothing, id, stamp, hash: 'h', chunker: 1, title: path, indexedAtMs: 1 };
	return language === undefined ? common : { ...common, language };
}

function tableOf(...notes: readonly StoredNote[]): NoteTable {
	const table = new NoteTable();
	for (const each of notes) table.set(each);
	return table;
}

test('a note is found by its path in either Unicode spelling', () => {
	const table = tableOf(note(1, 'Caf\u00e9.md'));
	expect(table.at('Cafe\u0301.md')?.id).toBe(1);
	expect(table.at('Cafe.md')).toBeUndefined();
});

test('a language is there as long as a note has it', () => {
	const table = tableOf(note(1, 'a.md'), note(2, 'b.md', 'de'), note(3, 'c.md', 'de'));
	expect([...table.languages()]).toEqual(['en', 'de']);
	table.set(note(2, 'b.md', 'fr'));
	table.delete(3);
	expect([...table.languages()]).toEqual(['en', 'fr']);
	expect([table.languageOf(1), table.languageOf(2), table.languageOf(undefined)]).toEqual(['en', 'fr', 'en']);
});

test('an id is never given twice, also not after its note is gone', () => {
	const table = tableOf(note(7, 'a.md'), note(3, 'b.md'));
	expect(table.takeId()).toBe(8);
	table.delete(7);
	expect(table.takeId()).toBe(9);
});

test('a note that is gone is found by nothing, and can be deleted once', () => {
	const table = tableOf(note(1, 'a.md'));
	expect([table.delete(1), table.delete(1)]).toEqual([true, false]);
	expect([table.size, table.get(1), table.at('a.md')]).toEqual([0, undefined, undefined]);
});

test('a note that is touched has the new stamp, and nothing else of it changes', () => {
	const table = tableOf(note(1, 'a.md', 'de'));
	table.touch(1, { path: 'a.md', size: 1, mtimeMs: 9 });
	expect(table.get(1)).toEqual({ ...note(1, 'a.md', 'de'), stamp: { path: 'a.md', size: 1, mtimeMs: 9 } });
	table.touch(2, { path: 'b.md', size: 1, mtimeMs: 9 });
	expect(table.size).toBe(1);
});
