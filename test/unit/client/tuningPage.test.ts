import { expect, test } from 'vitest';
import { tuningPage } from '../../../client/src/views/tuningPage.ts';
import { english } from './english.ts';

test('what is proposed stands out, what was not tried says why', () => {
	const page = tuningPage(
		{
			folder: 'notes',
			model: 'm',
			passages: 1234,
			findings: [
				{
					setting: 'embedding.processes',
					measure: 'passage',
					inForce: 1,
					tried: [{ value: 2, nowMs: 12.3, triedMs: 7.1, ratio: 0.577, margin: 0.012 }],
					proposal: 2,
				},
				{
					setting: 'embedding.device',
					measure: 'passage',
					inForce: 'cpu',
					tried: [],
					note: 'No other device.',
				},
				{
					setting: 'vectorIndex.kind',
					measure: 'scan',
					inForce: 'exact',
					tried: [{ value: 'hnsw', nowMs: 1, triedMs: 1, ratio: 1, margin: 0.1, recall10: 0.985 }],
				},
			],
		},
		english,
	);
	expect(page).toContain('## jarvis.embedding.processes: 1');
	expect(page).toMatch(/\| \*\*2\*\* proposed \|.* 0\.58 \|.* ± 0\.01 \|/);
	expect(page).toContain('No other device.');
	expect(page).toMatch(/\| hnsw .* 98\.5 % \|/);
	expect(page).toContain('1,234 passages');
});
