import { expect, test } from 'vitest';
import { PassagePlaces } from '../../../server/src/services/folder/passagePlaces.ts';

const place = (noteId: number, textHash: string) => ({ noteId, textHash, startLine: 2, endLine: 5 });

function placesOf(...rows: readonly (readonly [id: number, noteId: number])[]): PassagePlaces {
	const places = new PassagePlaces();
	for (const [id, noteId] of rows) places.add(id, place(noteId, `text ${id}`));
	return places;
}

test('a passage is known by its id, and among those of its note in the order they came', () => {
	const places = placesOf([4, 1], [9, 2], [5, 1]);
	expect(places.get(4)).toEqual(place(1, 'text 4'));
	expect([places.of(1), places.of(2), places.of(3)]).toEqual([[4, 5], [9], []]);
	expect([places.noteOf(9), places.noteOf(8), places.size]).toEqual([2, undefined, 3]);
	expect([...places.ids()]).toEqual([4, 5, 9]);
});

test('the passages of a note go together, and their rows are used again', () => {
	const places = placesOf([1, 1], [2, 1], [3, 2]);
	expect(places.deleteOf(1)).toEqual([1, 2]);
	expect(places.deleteOf(1)).toEqual([]);
	expect([places.get(1), places.of(1), places.size]).toEqual([undefined, [], 1]);
	places.add(4, place(1, 'new'));
	expect([places.get(4), places.get(3), places.of(1)]).toEqual([place(1, 'new'), place(2, 'text 3'), [4]]);
});

test('an id is never given twice, also not after its passage is gone', () => {
	const places = placesOf([6, 1], [2, 1]);
	places.deleteOf(1);
	expect(places.takeId()).toBe(7);
});

test('places are kept of more passages than there was room for at first', () => {
	const places = placesOf(...Array.from({ length: 1000 }, (_, at) => [at, at % 10] as const));
	expect([places.size, places.of(3).length, places.get(999)]).toEqual([1000, 100, place(9, 'text 999')]);
});
