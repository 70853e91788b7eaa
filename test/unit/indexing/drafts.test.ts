import { expect, test } from 'vitest';
import { readDraft } from '../../../server/src/adapters/reader/readNote.ts';
import type { NoteReader } from '../../../server/src/ports/reader.ts';
import { FolderIndex } from '../../../server/src/services/folder/folderIndex.ts';
import { Drafts } from '../../../server/src/services/indexing/drafts.ts';

const { signal } = new AbortController();
const clock = { now: () => 0 };
const texts: Readonly<Record<string, string>> = { 'a.md': '# A\nsourdough', 'b.md': '# B\nnight train' };

test('a drafted note is found by its words before it is read', async () => {
	const { drafts, index } = open();
	await draftAll(drafts, 'a.md', 'b.md');
	expect(find(index, 'sourdough')).toEqual(['sourdough']);
	expect(index.draftCount).toBe(2);
});

test('what is on screen wins over the file', async () => {
	const { drafts, index } = open(new Map([['a.md', 'rye']]));
	await draftAll(drafts, 'a.md');
	expect(find(index, 'rye')).toEqual(['rye']);
	expect(find(index, 'sourdough')).toEqual([]);
});

test('the note as it is read replaces its draft', async () => {
	const { drafts, index } = open();
	await draftAll(drafts, 'a.md');
	const { passages: _passages, ...note } = readDraft('a.md', 'rye', 'hash');
	const { id, stamp } = index.noteAt('a.md')!;
	const whole = { ...note, id, stamp, chunker: 1, skipped: undefined, indexedAtMs: 0 };
	index.apply({ put: [{ note: whole, passages: [] }], touch: [], remove: [] });
	expect(find(index, 'sourdough')).toEqual([]);
	expect([index.draftCount, index.passageCount]).toEqual([0, 0]);
});

test('a note that was read meanwhile is not drafted over', async () => {
	const { drafts, index } = open();
	await draftAll(drafts, 'a.md');
	const before = index.noteAt('a.md');
	await draftAll(drafts, 'a.md');
	expect(index.noteAt('a.md')).toBe(before);
});

test('every note of many is drafted, batch after batch', async () => {
	const { drafts, index } = open();
	const paths = Array.from({ length: 120 }, (_, at) => `${at}.md`);
	await draftAll(drafts, ...paths);
	expect(index.draftCount).toBe(120);
	expect(paths.every((path) => index.noteAt(path) !== undefined)).toBe(true);
});

test('notes planned anew take the place of those being read ahead', async () => {
	const { drafts, index } = open();
	drafts.plan(Array.from({ length: 120 }, (_, at) => ({ path: `${at}.md`, size: 1, mtimeMs: 1 })));
	await drafts.draftBatch(signal);
	await draftAll(drafts, 'a.md');
	expect([index.draftCount, index.noteAt('119.md')]).toEqual([51, undefined]);
});

function open(buffers: ReadonlyMap<string, string> = new Map()) {
	const index = new FolderIndex({ id: 'some', dimensions: 4 });
	const reader: NoteReader = {
		read: async ({ stamp: { path }, buffer, isDraft }) => {
			expect(isDraft).toBe(true);
			return { kind: 'read', note: readDraft(path, buffer ?? texts[path] ?? path, 'hash') };
		},
	};
	return { index, drafts: new Drafts({ reader, index, clock, buffers }) };
}

async function draftAll(drafts: Drafts, ...paths: readonly string[]): Promise<void> {
	drafts.plan(paths.map((path) => ({ path, size: 1, mtimeMs: 1 })));
	while (!drafts.isDone) await drafts.draftBatch(signal);
}

/** Last lines of the drafted passages that hold a word. */
function find(index: FolderIndex, word: string): readonly string[] {
	const scores = index.keyword.score([word], index.keyword.stats([word]));
	return [...scores].map(([id]) => index.draft(id)!.text.split('\n').at(-1)!);
}
