import { expect, test } from 'vitest';
import { randomFrom } from '../../../scripts/host/random.ts';
import { compareTrials } from '../../../server/src/core/tuning/compareTrials.ts';

const pairs = (...ratios: readonly number[]) => ratios.map((ratio) => ({ now: 10, tried: 10 * ratio }));

test('what is faster every time is better, with its medians', () => {
	expect(compareTrials(pairs(0.6, 0.58, 0.62, 0.6, 0.61))).toMatchObject({
		nowMs: 10,
		triedMs: 6,
		ratio: 0.6,
		isBetter: true,
	});
});

test.each([
	['slower', pairs(1.2, 1.25, 1.19, 1.2)],
	['faster by too little to matter', pairs(0.95, 0.95, 0.95, 0.95)],
	['faster as often as slower', pairs(0.5, 1.5, 0.7, 1.4, 0.6, 1.3)],
	['measured too seldom', pairs(0.5, 0.5)],
])('what is %s is not', (_what, tried) => {
	expect(compareTrials(tried).isBetter).toBe(false);
});

test('one run that something else held up changes nothing', () => {
	expect(compareTrials(pairs(0.6, 0.6, 9, 0.6, 0.6)).isBetter).toBe(true);
	expect(compareTrials(pairs(1, 1, 0.01, 1, 1)).isBetter).toBe(false);
});

test('the same work measured twice is hardly ever called better', () => {
	const random = randomFrom(5);
	const time = () => 9.5 + random();
	const runs = Array.from({ length: 500 }, () =>
		Array.from({ length: 5 }, () => ({ now: time(), tried: time() })),
	);
	expect(runs.filter((run) => compareTrials(run).isBetter).length).toBeLessThan(10);
});
