import { expect, test } from 'vitest';
import { explainPage } from '../../../client/src/views/explainPage.ts';
import type { SearchExplanation } from '../../../server/src/protocol/explainSearch.ts';
import { english } from './english.ts';

const part: SearchExplanation = {
	...{ pid: 7, explainingMs: 4, stages: [], waterfall: ['embed |█| 5.0 ms'] },
	result: {
		...{ query: 'heron', total: 1, tookMs: 9.04, stages: {} },
		coverage: { notes: 1, chunks: 1, embedded: 1 },
		hits: [
			{
				...{ uri: 'file:///v/a.md', folder: 'v', path: 'a.md', title: 'A *heron* [x](y) $5$', heading: '' },
				...{ startLine: 3, endLine: 4, score: 0.9, snippet: '', marks: [] },
				parts: { keyword: 2.5, semantic: 0.41, graph: 0 },
				explain: {
					terms: [{ term: 'heron', typed: 'hern', weight: 0.5, score: 2.5 }],
					zScores: { keyword: 3.1 },
					shares: { keyword: 0.6 },
					sentence: { text: 'See <b>this</b>\nheron.' },
				},
			},
		],
	},
	statements: [{ sql: 'SELECT 1', startMs: 0, ms: 1.25, plan: 'a plan with ``` in it' }],
};

test('the page has the bars, each hit with its reasons, and statements with their plans', () => {
	const page = explainPage({ parts: [part] }, english);
	expect(page).toContain(
		'“heron”: 1 notes in 5.0 ms, with nothing from a cache. Explaining them took another 4.0 ms, which is not counted.',
	);
	expect(page).toContain('```\nembed |█| 5.0 ms\n```');
	expect(page).toContain('- By words it stands 3.10 deviations above the mean of the best, counted at 60 %.');
	expect(page).toContain('- Words it holds: hern (heron, at 50 %) 2.50.');
	expect(page).toContain('### 1.3 ms\n\n```sql\nSELECT 1\n```');
	expect(page).not.toContain('Process 7');
	expect(explainPage({ parts: [part, part] }, english)).toContain('## Process 7');
});

test('nothing of a note acts as markup, and no plan ends its fence', () => {
	const page = explainPage({ parts: [part] }, english);
	expect(page).toContain('1. A \\*heron\\* \\[x\\]\\(y\\) \\$5\\$ (0.900)');
	expect(page).toContain('- Nearest sentence: See \\<b\\>this\\</b\\> heron.');
	expect(page).toContain('````\na plan with ``` in it\n````');
});
