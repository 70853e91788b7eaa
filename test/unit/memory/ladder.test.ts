import { expect, test } from 'vitest';
import { Ladder } from '../../../server/src/services/memory/ladder.ts';

/** Looks once a second at these shares of the limit; the rungs after each. */
function check(shares: readonly number[], expected: readonly number[], ladder = new Ladder(3)): void {
	expect(shares.map((share, second) => ladder.observe(share, second * 1000))).toEqual(expected);
}

const times = (count: number, share: number) => Array.from({ length: count }, () => share);

test('with room to spare nothing is done', () => check([0.1, 0.5, 0.84], [0, 0, 0]));
test('near the limit one step is taken, and given time to show', () =>
	check([0.86, 0.86, 0.86, 0.8], [1, 1, 2, 2]));
test('the last step, which stops work, is taken close to the limit alone', () =>
	check([...times(6, 0.9), 0.94, 0.96], [1, 1, 2, 2, 2, 2, 2, 3]));
test('close to the limit no step is given time', () => check([0.96, 0.97, 0.98, 0.99], [1, 2, 3, 3]));
test('between the two marks nothing changes, however long', () =>
	check([0.9, ...times(60, 0.75)], times(61, 1)));

test('a step is taken back once memory has been low for a while, one at a time', () =>
	check([0.96, 0.96, ...times(33, 0.5)], [1, 2, ...times(15, 2), ...times(15, 1), ...times(3, 0)]));

test('low for a moment is not low for a while', () =>
	check([0.9, ...times(14, 0.5), 0.72, ...times(14, 0.5)], times(30, 1)));

test('a step that proves needed again is kept twice as long', () => {
	const ladder = new Ladder(3);
	const looks = [0.9, ...times(16, 0.5), 0.96, ...times(30, 0.5), ...times(2, 0.5)];
	const rungs = looks.map((share, second) => ladder.observe(share, second * 1000));
	expect(rungs[15]).toBe(1);
	expect(rungs[16]).toBe(0);
	expect(rungs[17]).toBe(1);
	expect(rungs[40]).toBe(1);
	expect(rungs.at(-1)).toBe(0);
});
