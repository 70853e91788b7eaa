import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Scored, topK } from '../../../server/src/kernels/topK.ts';

function check(scores: readonly number[], k: number, expected: readonly number[]): void {
	const scored = scores.map((score, id) => ({ id, score }));
	expect(topK(scored, k).map(({ id }) => id)).toEqual(expected);
}

test('the best come first', () => check([1, 3, 2], 2, [1, 2]));
test('fewer than asked are all there are', () => check([1, 3], 5, [1, 0]));
test('equal scores go by the lower id', () => check([1, 1, 1, 1], 2, [0, 1]));
test('none of none', () => check([], 3, []));
test('none when none is asked', () => check([1, 2], 0, []));
test('negative scores are scores', () => check([-2, -1, -3], 2, [1, 0]));

test('the best are those of a sort, whatever the order they come in', () => {
	const scored = fc.uniqueArray(fc.record({ id: fc.nat(500), score: fc.integer({ min: -5, max: 5 }) }), {
		selector: ({ id }) => id,
		maxLength: 80,
	});
	fc.assert(
		fc.property(scored, fc.nat(90), (all, k) => {
			const sorted = all.toSorted((a: Scored, b: Scored) => b.score - a.score || a.id - b.id);
			expect(topK(all, k)).toEqual(sorted.slice(0, k));
		}),
	);
});
