import { expect, test } from 'vitest';
import { EmbedOrder } from '../../../server/src/services/embedding/embedOrder.ts';
import { Unembedded } from '../../../server/src/services/embedding/unembedded.ts';
import { FolderIndex } from '../../../server/src/services/folder/folderIndex.ts';

const day = 24 * 3600 * 1000;
const now = 1000 * day;

/** Notes by name: texts of their passages, and days since each changed. */
function open(notes: Readonly<Record<string, readonly string[]>>, daysAgo: readonly number[] = []) {
	const index = new FolderIndex({ id: 'some', dimensions: 4 });
	const unembedded = new Unembedded();
	const buffers = new Map<string, string>();
	const nothing = { hash: '', chunker: 1, aliases: [], tags: [], links: [], problems: [], indexedAtMs: 0 };
	const put = Object.entries(notes).map(([path, texts], at) => {
		const stamp = { path, size: 1, mtimeMs: now - (daysAgo[at] ?? 100) * day };
		const note = { ...nothing, id: index.takeNoteId(), stamp, title: path, skipped: undefined };
		const passages = texts.map((text) => {
			const place = { id: index.takePassageId(), heading: '', startLine: 0, endLine: 0 };
			return { ...place, text, textHash: text, terms: [], counts: new Uint16Array() };
		});
		return { note, passages };
	});
	index.apply({ put, touch: [], remove: [] });
	for (const { passages } of put) for (const { id, textHash } of passages) unembedded.add(textHash, id);
	const order = new EmbedOrder(index, buffers, { now: () => now });
	/** Hashes in the order they are handed out, so many at a time, each taken as embedded. */
	const drain = (count: number) => {
		const given: string[] = [];
		for (;;) {
			const batch = order.next(count, unembedded).map(({ textHash }) => textHash);
			if (batch.length === 0) return given;
			for (const textHash of batch) unembedded.take(textHash);
			given.push(...batch);
		}
	};
	return { index, unembedded, buffers, order, drain };
}

const three = { 'a.md': ['a1', 'a2', 'a3'], 'b.md': ['b1', 'b2'], 'c.md': ['c1'] };

test.each([1, 2, 100])(
	'the first passage of every note comes before the second of any, %i at a time',
	(count) => expect(open(three).drain(count)).toEqual(['a1', 'b1', 'c1', 'a2', 'a3', 'b2']),
);

test('notes go as they are ranked, among the leads and among the bodies', () =>
	expect(open(three, [100, 2, 1]).drain(2)).toEqual(['c1', 'b1', 'a1', 'b2', 'a2', 'a3']));

test('a note that is open goes first', () => {
	const { buffers, drain } = open(three);
	buffers.set('b.md', '');
	expect(drain(2)).toEqual(['b1', 'a1', 'c1', 'b2', 'a2', 'a3']);
});

test('a note that is read or opened on the way goes before all that is planned, whole', () => {
	const { index, unembedded, order, drain } = open(three);
	for (const { textHash } of order.next(1, unembedded)) unembedded.take(textHash);
	order.prefer(index.noteAt('b.md')!.id);
	expect(drain(2)).toEqual(['b1', 'b2', 'c1', 'a2', 'a3']);
});

test('what was handed out and not embedded is handed out again', () => {
	const { unembedded, order, drain } = open(three);
	order.next(4, unembedded);
	expect(drain(2).toSorted()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'c1']);
});

test('equal texts are handed out once', () =>
	expect(open({ 'a.md': ['same', 'x'], 'b.md': ['same'] }).drain(10)).toEqual(['same', 'x']));

test('what waits of a note that is gone is handed out in the end, to be crossed out', () => {
	const { index, unembedded, order } = open(three);
	index.apply({ put: [], touch: [], remove: [index.noteAt('a.md')!.id] });
	expect(order.next(10, unembedded).map(({ textHash }) => textHash)).toEqual(['b1', 'c1', 'b2']);
	for (const hash of ['b1', 'c1', 'b2']) unembedded.take(hash);
	expect(order.next(10, unembedded)).toHaveLength(3);
});
