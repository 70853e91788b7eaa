import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { IdleWork } from '../../../server/src/services/folder/idleWork.ts';

test('does one slice a turn until there is no more, however often it is begun', async () => {
	let slices = 0;
	const work = new IdleWork(() => ++slices % 3 !== 0);
	work.begin();
	work.begin();
	expect(slices).toBe(0);
	const seen = [];
	for (let turn = 0; turn < 8; turn++) {
		await setImmediate();
		seen.push(slices);
	}
	expect(seen.at(-1)).toBe(3);
	expect(new Set(seen)).toEqual(new Set([1, 2, 3]));
	work.begin();
	for (let turn = 0; turn < 8; turn++) await setImmediate();
	expect(slices).toBe(6);
});

test('a slice that fails ends the work, and nothing else, until it is begun again', async () => {
	let slices = 0;
	const work = new IdleWork(() => {
		if (++slices === 2) throw new RangeError('no more memory');
		return slices < 4;
	});
	work.begin();
	for (let turn = 0; turn < 5; turn++) await setImmediate();
	expect(slices).toBe(2);
	work.begin();
	for (let turn = 0; turn < 5; turn++) await setImmediate();
	expect(slices).toBe(4);
});
