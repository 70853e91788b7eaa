import { expect, test } from 'vitest';
import { benchmarkPage } from '../../../client/src/views/benchmarkPage.ts';
import { loadPage } from '../../../client/src/views/loadPage.ts';
import { english } from './english.ts';

const times = { mean: 12, median: 9.5, min: 0.04, max: 40, std: 3, p95: 21, iterations: 1200 };

test('a benchmark shows each part beside the target and runs before, and what was not measured', () => {
	const page = benchmarkPage(
		{
			folders: [
				{
					...{
						uri: 'file:///n',
						folder: 'notes',
						atMs: 0,
						model: 'm',
						notes: 1013,
						passages: 3451,
						questions: 20,
					},
					parts: { search: times, related: times, keyword: times },
					missing: { semantic: 'the model is off' },
					comparisons: [
						{ part: 'search', verdict: 'slower', ratio: 1.5, targetMs: 500, isOnTarget: true },
						{ part: 'keyword', verdict: 'first', targetMs: 20, isOnTarget: false },
						{ part: 'related', verdict: 'same', ratio: 1 },
					],
				},
			],
		},
		english,
	);
	expect(page).toContain('1,013 notes, 3,451 passages, m');
	expect(page).toMatch(
		/\| Search +\| +9.5 \| +12 \| +21 \| +0.04 \| +40 \| +3 \| +1,200 \| +below 500 \| +\*\*slower\*\* \(1.50×\) \|/,
	);
	expect(page).toMatch(/\| by words alone .* \*\*over 20\*\* \| +none \|/);
	expect(page).toMatch(/\| Related notes .* \| +as before \(1.00×\) \|/);
	expect(page).toContain('- by meaning alone was not measured: the model is off');
});

test('a load test shows what each user met', () => {
	const page = loadPage(
		{
			...{ users: 2, seconds: 60.2, searches: 40, errors: 1, errorRate: 0.025, searchesPerSecond: 0.66 },
			latency: times,
			byUser: [
				{ user: 1, searches: 20, errors: 0, meanMs: 11, p95Ms: 20, maxMs: 30 },
				{ user: 2, searches: 20, errors: 1 },
			],
			failures: [{ reason: 'broken', count: 1 }],
			notesIndexed: 7,
		},
		english,
	);
	expect(page).toContain(
		'2 users for 60 s, each by a connection of its own: 40 searches, 0.66 a second; 1 errors (2.5 %).',
	);
	expect(page).toContain('An answer took 9.5 ms (median), 21 ms (95th percentile), 40 ms at most.');
	expect(page).toContain('7 notes were read and embedded meanwhile.');
	expect(page).toMatch(/\| 1 +\| +20 \| +0 \| +11 ms \| +20 ms \| 30 ms \|/);
	expect(page).toContain('- 1 × broken');
});
