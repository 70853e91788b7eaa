import { expect, test } from 'vitest';
import { legibleNames } from '../../../../client/src/webviews/page/graph/legibleNames.ts';

const name = (x: number, y: number, letters = 10) => ({ x, y, radius: 5, letters });

test('of two names that meet the first stands, and room makes both legible', () => {
	const names = [name(0, 0), name(30, 4), name(200, 0)];
	expect(legibleNames(names, 1)).toEqual([true, false, true]);
	expect(legibleNames(names, 3)).toEqual([true, true, true]);
});

test('a name that is hidden takes no room from others', () => {
	expect(legibleNames([name(0, 0), name(40, 0), name(80, 0)], 1)).toEqual([true, false, true]);
});

test('names below each other stand where a line fits between', () => {
	expect(legibleNames([name(0, 0), name(0, 10), name(0, 20)], 1)).toEqual([true, false, true]);
});
