import { expect, test } from 'vitest';
import { nearWords } from '../../../server/src/core/ranking/nearWords.ts';

const words = ['kiln', 'kilns', 'glazing', 'glaze', 'sourdough', 'the', 'lake', 'recieve'];

test.each([
	['kilm', ['kiln']],
	['ikln', ['kiln']],
	['glazes', ['glaze', 'glazing']],
	['receive', ['recieve']],
	['sourdoughs', ['sourdough']],
	['tha', []],
	['oven', []],
	['bake', []],
])('near to %s: %j', (word, expected) => expect(nearWords(word, words, 3)).toEqual(expected));

test('the likest come first, and no more than asked for', () =>
	expect(nearWords('kilns', words, 1)).toEqual(['kilns']));
