import { expect, test } from 'vitest';
import { OthersShare } from '../../../server/src/adapters/system/othersShare.ts';

/** Two CPUs, 10 s apart: of 20 s of processor time so many were busy, and so many of them ours. */
function check(busyMs: number, ownMs: number, expected: number): void {
	let times = { busyMs: 5000, totalMs: 90_000 };
	let own = 700;
	const share = new OthersShare(
		() => times,
		() => own,
	);
	expect(share.value).toBe(0);
	times = { busyMs: 5000 + busyMs, totalMs: 110_000 };
	own += ownMs;
	expect(share.value).toBeCloseTo(expected);
}

test('an idle machine', () => check(0, 0, 0));
test('what we take ourselves does not count', () => check(10_000, 10_000, 0));
test('a build beside us', () => check(20_000, 2000, 0.9));
test('clocks that do not agree give nothing below 0', () => check(1000, 1500, 0));

test('two looks in a row give the same', () => {
	let times = { busyMs: 0, totalMs: 0 };
	const share = new OthersShare(
		() => times,
		() => 0,
	);
	expect(share.value).toBe(0);
	times = { busyMs: 1500, totalMs: 2000 };
	expect(share.value).toBeCloseTo(0.75);
	times = { busyMs: 1500, totalMs: 2100 };
	expect(share.value).toBeCloseTo(0.75);
});
