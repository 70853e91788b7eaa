import { expect, test } from 'vitest';
import { fuse, keywordWeight, type Leg, logistic } from '../../../server/src/core/ranking/fusion.ts';

function leg(weight: number, top: readonly number[], scores: Readonly<Record<number, number>>): Leg {
	return { weight, top, scoreOf: (id) => scores[id] ?? 0 };
}

/** The sums, by id. */
function check(legs: readonly Leg[], expected: Readonly<Record<number, number>>): void {
	const scoreOf = fuse(legs);
	for (const [id, score] of Object.entries(expected)) expect(scoreOf(Number(id))).toBeCloseTo(score, 12);
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

test('with equal weights, good in both wins over best in one', () => {
	const words = leg(0.5, [9, 4, 2], { 1: 9, 2: 4, 3: 2 });
	const meaning = leg(0.5, [0.9, 0.5, 0.4], { 3: 0.9, 1: 0.5, 2: 0.4 });
	const scoreOf = fuse([words, meaning]);
	expect([1, 2, 3].sort((a, b) => scoreOf(b) - scoreOf(a))).toEqual([1, 3, 2]);
});

test('the logistic keeps the order between 0 and 1', () => {
	expect(logistic(0)).toBe(0.5);
	expect(logistic(-3)).toBeGreaterThan(0);
	expect(logistic(3)).toBeLessThan(1);
});

test('the better the words are matched, the more they count, and never alone', () => {
	const shares = [0, 0.15, 0.47, 0.6, 0.68, 0.9, 1].map((match) => keywordWeight(match));
	expect(shares).toEqual([0.3, 0.5, 0.8, 0.8, 0.9, 0.95, 0.95]);
});

test('beside a strong model words count for less, but where they stand nearly as asked', () => {
	const shares = [0, 0.15, 0.6, 0.62, 0.68, 0.82].map((match) => keywordWeight(match, 'strong'));
	expect(shares).toEqual([0.3, 0.42, 0.42, 0.8, 0.9, 0.97]);
});
