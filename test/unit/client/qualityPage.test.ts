import { expect, test } from 'vitest';
import { qualityPage } from '../../../client/src/views/qualityPage.ts';
import type { MeasureQualityResult } from '../../../server/src/protocol/quality.ts';
import { english } from './english.ts';

type Measured = MeasureQualityResult['folders'][number];

const current = { link: 0.15, sharedLink: 0.03, coCitation: 0.03, sharedTag: 0.03 };
const best = { link: 0.05, sharedLink: 0, coCitation: 0.12, sharedTag: 0.06 };
const before = { recall10: 0.4, mrr: 0.2 };
const after = { recall10: 0.5, mrr: 0.25 };
const measured: Measured = {
	uri: 'file:///notes',
	folder: 'notes',
	pairs: 100,
	current,
	...before,
	byWeights: [
		{ weights: best, ...after },
		{ weights: current, ...before },
	],
	best,
	check: { pairs: 50, before, after },
	isBetter: true,
};

function check(part: Partial<Measured>, held: readonly string[], missing: readonly string[] = []): void {
	const page = qualityPage({ folders: [{ ...measured, ...part }] }, english);
	for (const text of held) expect(page).toContain(text);
	for (const text of missing) expect(page).not.toContain(text);
}

test('the weights of now come first, then the best', () =>
	check({}, [
		'## notes',
		'100 links hidden. The weights of now, then the best of those tried:',
		[
			'|       | link | shared link | linked together | shared tag | recall@10 |   MRR |',
			'| ----- | ---: | ----------: | --------------: | ---------: | --------: | ----: |',
			'| now   | 0.15 |        0.03 |            0.03 |       0.03 |     0.400 | 0.200 |',
			'| tried | 0.05 |           0 |            0.12 |       0.06 |     0.500 | 0.250 |',
		].join('\n'),
	]));

test('what was chosen is shown on the links it was not chosen by', () =>
	check({}, ['checked on the other (50 links)', '| before | 0.15', '| after  | 0.05']));

test('where nothing is better, that is said', () =>
	check({ isBetter: false }, ['The weights stay as they are'], ['| after']));

test('a folder without links has no table', () => check({ pairs: 0 }, ['nothing to measure by'], ['|']));
