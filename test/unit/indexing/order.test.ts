import { expect, test } from 'vitest';
import { type NoteRank, orderNotes } from '../../../server/src/core/indexing/order.ts';

const day = 24 * 3600 * 1000;
const now = 1000 * day;

function note(id: number, daysAgo: number, backlinks = 0, isOpen = false): NoteRank {
	return { id, mtimeMs: now - daysAgo * day, backlinks, isOpen };
}

function check(notes: readonly NoteRank[], expected: readonly number[]): void {
	expect(orderNotes(notes, now)).toEqual(expected);
}

test('nothing has no order', () => check([], []));
test('open notes go first, however old they are', () => check([note(1, 1), note(2, 500, 0, true)], [2, 1]));
test('then what changed of late, the latest first', () =>
	check([note(1, 3), note(2, 1), note(3, 2)], [2, 3, 1]));
test('then what is linked most, and the rest as it comes', () =>
	check([note(1, 100), note(2, 300, 2), note(3, 200, 7), note(4, 400)], [3, 2, 1, 4]));
test('all four', () => check([note(1, 90), note(2, 99, 5), note(3, 1), note(4, 50, 1, true)], [4, 3, 2, 1]));

test('where all notes are new, as in a clone, links count after the latest two hundred', () => {
	const notes = Array.from({ length: 1000 }, (_, at) => note(at, 1 + at / 10_000, at === 900 ? 3 : 0));
	const order = orderNotes(notes, now);
	expect(order.slice(0, 3)).toEqual([0, 1, 2]);
	expect(order[200]).toBe(900);
	expect(order).toHaveLength(1000);
});

test('two hundred of one moment are recent, no more', () => {
	const notes = Array.from({ length: 500 }, (_, at) => note(at, 1, at === 400 ? 1 : 0));
	expect(orderNotes(notes, now)[200]).toBe(400);
});
