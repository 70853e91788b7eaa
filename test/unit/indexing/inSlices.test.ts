import { expect, test } from 'vitest';
import type { IndexChange } from '../../../server/src/ports/store.ts';
import { inSlices } from '../../../server/src/services/indexing/inSlices.ts';

/** Notes by number; what else is in them is no matter here. */
const change = (ids: readonly number[]) =>
	({
		put: ids.map((id) => ({ note: { id }, passages: [] })),
		touch: [],
		remove: [7],
	}) as unknown as IndexChange;

test('all of a change is applied once, in order, removals first', async () => {
	const seen: string[] = [];
	await inSlices(change([1, 2, 3]), ({ put, remove }) => {
		seen.push(...remove.map((id) => `-${id}`), ...put.map(({ note }) => `+${note.id}`));
	});
	expect(seen).toEqual(['-7', '+1', '+2', '+3']);
});

test('others get their turn while long notes are taken in', async () => {
	let turns = 0;
	const other = () => {
		turns++;
		timer = setImmediate(other);
	};
	let timer = setImmediate(other);
	await inSlices(change([1, 2, 3, 4]), ({ put }) => {
		const until = performance.now() + (put.length > 0 ? 10 : 0);
		while (performance.now() < until);
	});
	clearImmediate(timer);
	expect(turns).toBeGreaterThanOrEqual(3);
});
