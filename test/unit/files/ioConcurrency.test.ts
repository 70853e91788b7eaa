import { expect, test } from 'vitest';
import { ioConcurrency } from '../../../server/src/adapters/files/ioConcurrency.ts';

test('two files a core are looked at, at most eight, unless so many are asked for', () => {
	expect([1, 2, 16].map((cores) => ioConcurrency('auto', cores))).toEqual([2, 4, 8]);
	expect(ioConcurrency(32, 1)).toBe(32);
});
