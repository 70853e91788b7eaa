import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortInTurns } from '../../../server/src/core/indexing/sortInTurns.ts';

test('sorts as a stable sort does, in turns', () =>
	fc.assert(
		fc.asyncProperty(
			fc.array(fc.integer({ min: 0, max: 9 })),
			fc.integer({ min: 1, max: 5 }),
			async (keys, perTurn) => {
				let turns = 0;
				const items = keys.map((key, at) => ({ key, at }));
				const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
				const sorted = await sortInTurns(items, compare, perTurn, async () => turns++);
				expect(sorted).toEqual(items.toSorted(compare));
				expect(turns).toBeGreaterThanOrEqual(keys.length > perTurn ? Math.ceil(keys.length / perTurn) : 0);
			},
		),
	));
