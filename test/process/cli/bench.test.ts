import { expect, test } from 'vitest';
import type { FolderBenchmark, LoadTestResult } from '../../../server/src/protocol/benchmark.ts';
import { jarvis, jarvisJson } from '../../support/cli.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const notes = {
	'kiln.md': '# The kiln\n\nIt cools overnight. See [[lake]].\n',
	'lake.md': '# A cold lake\n\nWater for the clay of the [[kiln]].\n',
	'heron.md': '# Herons\n\nA heron stands in the lake.\n',
};
const statistics = ['iterations', 'max', 'mean', 'median', 'min', 'p95', 'std'];

test('bench measures every part anew, keeps the run, and compares the next with it', async () => {
	const [root, indexDirectory] = [tempFolder(notes), tempFolder()];
	const bench = () =>
		jarvisJson<Omit<FolderBenchmark, 'uri' | 'folder'>>([
			...['bench', root, '--seconds', '1', '--index-dir', indexDirectory],
		]);
	const first = await bench();
	expect(first).toMatchObject({ notes: 3, questions: 8, missing: {} });
	expect(Object.keys(first.parts)).toEqual(['search', 'semantic', 'keyword', 'related', 'graph', 'indexing']);
	for (const times of Object.values(first.parts)) {
		expect(Object.keys(times).sort()).toEqual(statistics);
		expect(times.min).toBeGreaterThan(0);
		expect(times.min).toBeLessThanOrEqual(times.median);
		expect(times.p95).toBeLessThanOrEqual(times.max);
	}
	expect(first.comparisons.map(({ verdict }) => verdict)).toEqual(Array(6).fill('first'));
	const second = await bench();
	for (const { ratio } of second.comparisons) expect(ratio).toBeGreaterThan(0);
});

test('load lets users search at once by connections of their own, without an error', async () => {
	const args = ['--users', '3', '--seconds', '2', '--think', '0.05-0.1', '--indexing'];
	const result = await jarvisJson<LoadTestResult>([
		'load',
		tempFolder(notes),
		...args,
		'--index-dir',
		tempFolder(),
	]);
	expect(result).toMatchObject({ users: 3, errors: 0, errorRate: 0, failures: [] });
	expect(result.byUser.every(({ searches }) => searches > 3)).toBe(true);
	expect(result.latency!.iterations).toBe(result.searches);
	expect(result.notesIndexed).toBeGreaterThan(0);
});

test('a time to think that is none is wrong usage', async () => {
	const { code, stderr } = await jarvis(['load', tempFolder(notes), '--think', 'long']);
	expect(code).toBe(2);
	expect(stderr).toContain('must be seconds such as 1-5, or 2.');
});
