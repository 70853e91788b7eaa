import { expect, test } from 'vitest';
import { Latencies } from '../../../server/src/services/latencies.ts';

function check(values: readonly number[], share: number, expected: number | undefined): void {
	expect(filled(values).quantile(share)).toBe(expected);
}

function filled(values: readonly number[]): Latencies {
	const latencies = new Latencies();
	for (const value of values) latencies.add(value);
	return latencies;
}

const upTo = (most: number) => Array.from({ length: most }, (_, at) => at + 1);

test('of nothing there is no quantile', () => check([], 0.5, undefined));
test('of one value every quantile is it', () => {
	for (const share of [0, 0.5, 0.95, 1]) check([7], share, 7);
});
test('a quantile is the value that its share does not exceed', () => {
	check(upTo(100), 0.95, 95);
	check(upTo(100), 0.5, 50);
	check(upTo(10), 0.95, 10);
	check(upTo(4), 1, 4);
	check(upTo(4), 0, 1);
});
test('values are ordered as numbers, whatever order they came in', () => check([100, 9, 20], 0.5, 20));
test('the last 200 count', () => {
	check([...upTo(200).map(() => 1000), ...upTo(200)], 1, 200);
	check([1000, ...upTo(199)], 1, 1000);
});

test('all answers are counted, and the last is told', () => {
	expect(filled([]).last).toBeUndefined();
	const latencies = filled([...upTo(300), 5]);
	expect([latencies.count, latencies.last]).toEqual([301, 5]);
});
