import { expect, test } from 'vitest';
import { fuse, type Leg } from '../../../server/src/core/ranking/fusion.ts';

function leg(weight: number, top: readonly number[], scores: Readonly<Record<number, number>>): Leg {
	return { weight, top, scoreOf: (id) => scores[id] ?? 0 };
}

/** The sums before the logistic, by id. */
function check(legs: readonly Leg[], expected: Readonly<Record<number, number>>): void {
	const fused = fuse(legs, Object.keys(expected).map(Number));
	expect(fused.map(({ id }) => id)).toEqual(Object.keys(expected).map(Number));
	for (const { id, score } of fused) expect(score).toBeCloseTo(1 / (1 + Math.exp(-expected[id]!)), 12);
}

test('a leg scores by deviations from the mean of its best', () =>
	// Mean 4, deviation 2.
	check([leg(1, [6, 2, 6, 2], { 1: 6, 2: 2, 3: 4, 4: 9 })], { 1: 1, 2: -1, 3: 0, 4: 2.5 }));

test('legs are added by weight', () =>
	check([leg(0.7, [1, 3], { 1: 3, 2: 1 }), leg(0.3, [10, 30], { 1: 10, 2: 30 })], { 1: 0.4, 2: -0.4 }));

test('a candidate that a leg has not found has what the leg says of it', () =>
	check([leg(1, [1, 3], { 1: 3 })], { 1: 1, 9: -2 }));

test('without deviation a leg tells found from not found', () =>
	check([leg(1, [5, 5, 5], { 1: 5, 2: 4 })], { 1: 0, 2: -1 }));

test('a deviation of rounding alone is none', () => check([leg(1, [0.1 + 0.2, 0.3], { 1: 0.3 })], { 1: 0 }));

test('a leg that found nothing adds nothing', () =>
	check([leg(0.5, [1, 3], { 1: 3, 2: 1 }), leg(0.5, [], {})], { 1: 0.5, 2: -0.5 }));

test('without legs all are alike', () => check([], { 1: 0, 2: 0 }));
test('without candidates there is nothing', () => expect(fuse([leg(1, [1], {})], [])).toEqual([]));

test('scores lie between 0 and 1', () => {
	const extreme = fuse([leg(1, [1, 3], { 1: 1e6, 2: -1e6 })], [1, 2]);
	expect(extreme).toEqual([
		{ id: 1, score: 1 },
		{ id: 2, score: 0 },
	]);
});
