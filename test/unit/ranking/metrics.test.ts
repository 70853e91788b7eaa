import { expect, test } from 'vitest';
import { type Metrics, meanMetrics, measureRanking } from '../../../server/src/core/ranking/metrics.ts';

function check(
	ranked: readonly string[],
	relevance: Readonly<Record<string, number>>,
	expected: Metrics,
): void {
	const metrics = measureRanking(ranked, new Map(Object.entries(relevance)));
	for (const name of ['ndcg10', 'mrr10', 'map', 'recall100'] as const)
		expect(metrics[name], name).toBeCloseTo(expected[name], 9);
}

const none: Metrics = { ndcg10: 0, mrr10: 0, map: 0, recall100: 0 };
const all: Metrics = { ndcg10: 1, mrr10: 1, map: 1, recall100: 1 };
const strangers = (count: number) => Array.from({ length: count }, (_, at) => `x${at}`);

test('the ideal ranking has all', () => check(['a', 'b', 'x'], { a: 2, b: 1 }, all));
test('a ranking of nothing relevant has none', () => check(['x', 'y'], { a: 1 }, none));
test('an empty ranking has none', () => check([], { a: 1 }, none));
test('where nothing is relevant there is nothing to find', () => check(['a'], { a: 0, b: -1 }, none));

test('a worked example: relevant at 2 and 4, one of three missed', () =>
	check(
		['x', 'a', 'y', 'b'],
		{ a: 1, b: 1, c: 1 },
		{
			// (1/log2 3 + 1/log2 5) / (1 + 1/log2 3 + 1/2)
			ndcg10: (0.63092975357 + 0.43067655807) / 2.13092975357,
			mrr10: 1 / 2,
			// (1/2 + 2/4) / 3
			map: 1 / 3,
			recall100: 2 / 3,
		},
	));

test('a worked example with grades: the gain is the grade, as trec_eval has it', () =>
	check(
		['b', 'a'],
		{ a: 3, b: 1 },
		{
			// (1 + 3/log2 3) / (3 + 1/log2 3)
			ndcg10: 2.89278926071 / 3.63092975357,
			mrr10: 1,
			map: 1,
			recall100: 1,
		},
	));

test('notes that are judged as not relevant gain nothing and cost nothing', () =>
	check(['a', 'x'], { a: 1, x: -2, y: 0 }, all));

test('nDCG and reciprocal rank look at ten, precision at all', () =>
	check([...strangers(10), 'a'], { a: 1 }, { ndcg10: 0, mrr10: 0, map: 1 / 11, recall100: 1 }));

test('of more than ten relevant ten are ideal', () => {
	const names = Array.from({ length: 12 }, (_, at) => `n${at}`);
	const relevance = Object.fromEntries(names.map((name) => [name, 1]));
	check(names.slice(0, 10), relevance, { ndcg10: 1, mrr10: 1, map: 10 / 12, recall100: 10 / 12 });
});

test('recall looks at a hundred', () =>
	check([...strangers(100), 'a'], { a: 1 }, { ndcg10: 0, mrr10: 0, map: 1 / 101, recall100: 0 }));

test('the mean is of each value; of nothing it is none', () => {
	expect(meanMetrics([all, none, { ndcg10: 0.5, mrr10: 0.2, map: 0.8, recall100: 0 }])).toEqual({
		ndcg10: 0.5,
		mrr10: expect.closeTo(0.4, 12),
		map: expect.closeTo(0.6, 12),
		recall100: expect.closeTo(1 / 3, 12),
	});
	expect(meanMetrics([])).toEqual(none);
});
