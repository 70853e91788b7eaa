import { expect, test } from 'vitest';
import { fuse, keywordWeight, logistic } from '../../../server/src/core/ranking/fusion.ts';

const words = new Map([
	[1, 9],
	[2, 4],
	[3, 2],
]);
const meaning = new Map([
	[3, 0.9],
	[1, 0.5],
	[2, 0.4],
]);

function check(wordShare: number, order: readonly number[]): void {
	const leg = (scores: ReadonlyMap<number, number>, weight: number) => ({
		weight,
		top: [...scores.values()],
		scoreOf: (id: number) => scores.get(id) ?? 0,
	});
	const scoreOf = fuse([leg(words, wordShare), leg(meaning, 1 - wordShare)]);
	expect([1, 2, 3].sort((a, b) => scoreOf(b) - scoreOf(a))).toEqual(order);
}

test('all weight on one leg keeps its order', () => {
	check(1, [1, 2, 3]);
	check(0, [3, 1, 2]);
});

test('with equal weights, good in both wins over best in one', () => check(0.5, [1, 3, 2]));

test('legs of other scales count alike', () => {
	const scoreOf = fuse([
		{ weight: 0.5, top: [1000, 0], scoreOf: (id) => (id === 1 ? 1000 : 0) },
		{ weight: 0.5, top: [0.001, 0], scoreOf: (id) => (id === 2 ? 0.001 : 0) },
	]);
	expect(scoreOf(1)).toBeCloseTo(scoreOf(2));
});

test('a leg without deviation decides nothing, and breaks nothing', () => {
	const scoreOf = fuse([{ weight: 1, top: [2, 2], scoreOf: () => 2 }]);
	expect(scoreOf(1)).toBe(0);
	expect(fuse([{ weight: 1, top: [], scoreOf: () => 0 }])(1)).toBe(0);
});

test('the logistic keeps the order between 0 and 1', () => {
	expect(logistic(0)).toBe(0.5);
	expect(logistic(-3)).toBeGreaterThan(0);
	expect(logistic(3)).toBeLessThan(1);
});

test('the better the words are matched, the more they count, and never alone', () => {
	const shares = [0, 0.3, 0.47, 0.6, 0.68, 1].map(keywordWeight);
	expect(shares).toEqual([0.5, 0.5, 0.8, 0.8, 0.9, 0.9]);
});
