import { expect, test } from 'vitest';
import {
	defaultWeights,
	readWeights,
	relatedScore,
	weightGrid,
} from '../../../server/src/core/ranking/relatedWeights.ts';

const alone = { similarity: 0.5, isLinked: false, sharedLinks: 0, coCitations: 0, sharedTags: 0 };

test('without relations the score is the similarity', () =>
	expect(relatedScore(alone, defaultWeights)).toBe(0.5));

test('links and tags add to it, shared ones up to three', () => {
	const weights = { link: 0.2, sharedLink: 0.1, coCitation: 0.05, sharedTag: 0.01 };
	expect(relatedScore({ ...alone, isLinked: true }, weights)).toBeCloseTo(0.7);
	expect(relatedScore({ ...alone, sharedLinks: 2 }, weights)).toBeCloseTo(0.7);
	expect(relatedScore({ ...alone, sharedLinks: 9, sharedTags: 9 }, weights)).toBeCloseTo(0.83);
	expect(relatedScore({ ...alone, coCitations: 1 }, weights)).toBeCloseTo(0.55);
	expect(relatedScore({ ...alone, coCitations: 9 }, weights)).toBeCloseTo(0.65);
});

test('the weights that come with the program are among those tried', () =>
	expect(weightGrid()).toContainEqual(defaultWeights));

test('what is no set of weights is not read as one', () => {
	expect(readWeights({ link: 0.1, sharedLink: 0, coCitation: 0, sharedTag: 1, more: 2 })).toEqual({
		link: 0.1,
		sharedLink: 0,
		coCitation: 0,
		sharedTag: 1,
	});
	for (const wrong of [undefined, null, 3, {}, { link: '1', sharedLink: 0, coCitation: 0, sharedTag: 0 }]) {
		expect(readWeights(wrong)).toBeUndefined();
	}
	expect(readWeights({ link: Number.NaN, sharedLink: 0, coCitation: 0, sharedTag: 2 })).toBeUndefined();
});
