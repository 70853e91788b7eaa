import { expect, test } from 'vitest';
import type { BenchmarkRun, TimeStatistics } from '../../../server/src/protocol/benchmark.ts';
import {
	type BenchmarkTarget,
	benchmarkFolder,
} from '../../../server/src/services/benchmark/benchmarkFolder.ts';
import { compareRuns } from '../../../server/src/services/benchmark/compareRuns.ts';
import { keepRun, readRuns } from '../../../server/src/services/benchmark/keptRuns.ts';
import { spread } from '../../../server/src/services/benchmark/questions.ts';
import { describeTimes } from '../../../server/src/services/benchmark/timeStatistics.ts';

const { signal } = new AbortController();

test('times are described as the reference guide does, with the 95th percentile', () => {
	expect(describeTimes([4, 1, 3, 2])).toMatchObject({
		mean: 2.5,
		median: 2.5,
		min: 1,
		max: 4,
		p95: 4,
		iterations: 4,
	});
	expect(describeTimes([4, 1, 3, 2])!.std).toBeCloseTo(1.291, 3);
	expect(describeTimes([7])).toMatchObject({ median: 7, std: 0, p95: 7, iterations: 1 });
	expect(describeTimes([])).toBeUndefined();
});

test('what is spread is taken evenly, and all of little', () => {
	expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 5)).toEqual([0, 2, 4, 6, 8]);
	expect(spread([1], 5)).toEqual([1]);
});

function targetOf(calls: string[], more: Partial<BenchmarkTarget> = {}): BenchmarkTarget {
	const call = (name: string) => async (item: string) => void calls.push(`${name} ${item}`);
	return {
		questions: ['a', 'b'],
		notes: ['n.md'],
		search: async (question, mode) => void calls.push(`${mode} ${question}`),
		related: call('related'),
		graph: call('graph'),
		index: call('index'),
		...more,
	};
}

test('every part is measured, by every question at least once, in turn', async () => {
	const calls: string[] = [];
	const shares: number[] = [];
	const { parts, missing, questions } = await benchmarkFolder(
		targetOf(calls),
		0.001,
		(share) => shares.push(share),
		signal,
	);
	expect(questions).toBe(2);
	expect(missing).toEqual({});
	expect(Object.keys(parts)).toEqual(['search', 'semantic', 'keyword', 'related', 'graph', 'indexing']);
	expect(parts.search!.iterations).toBeGreaterThanOrEqual(2);
	// Two warm-ups, then all of them.
	expect(calls.filter((call) => call.startsWith('hybrid')).slice(0, 4)).toEqual([
		'hybrid a',
		'hybrid b',
		'hybrid a',
		'hybrid b',
	]);
	expect(shares.at(-1)).toBeCloseTo(1);
});

test('a part that fails says why, and the others are measured', async () => {
	const off = async () => {
		throw new Error('the model is off');
	};
	const { parts, missing } = await benchmarkFolder(targetOf([], { index: off }), 0.001, () => {}, signal);
	expect(missing).toEqual({ indexing: 'the model is off' });
	expect(parts.search).toBeDefined();
	const none = await benchmarkFolder(targetOf([], { notes: [] }), 0.001, () => {}, signal);
	expect(Object.keys(none.missing)).toEqual(['related', 'graph', 'indexing']);
});

test('a benchmark that is taken back throws', async () => {
	const abort = new AbortController();
	const search = async () => {
		abort.abort(new Error('enough'));
		abort.signal.throwIfAborted();
	};
	await expect(benchmarkFolder(targetOf([], { search }), 1, () => {}, abort.signal)).rejects.toThrow(
		'enough',
	);
});

const steady = (median: number, std = 1): TimeStatistics => ({
	...{ mean: median, median, min: median, max: median, p95: median },
	std,
	iterations: 100,
});
const runOf = (median: number, std?: number, model = 'm'): BenchmarkRun => ({
	...{ atMs: 0, model, notes: 1, passages: 1, questions: 1, missing: {} },
	parts: { search: steady(median, std) },
});
const verdictOf = (now: BenchmarkRun, before: readonly BenchmarkRun[]) =>
	compareRuns(now, before)[0]!.verdict;

test('a run is slower when it is so by more than runs differ by chance', () => {
	expect(verdictOf(runOf(20), [runOf(10)])).toBe('slower');
	expect(verdictOf(runOf(10), [runOf(20)])).toBe('faster');
	expect(verdictOf(runOf(11), [runOf(10)])).toBe('same');
	// Single times that spread widely tell little.
	expect(verdictOf(runOf(20, 90), [runOf(10, 90)])).toBe('same');
	// Runs before that differ as much among themselves tell as little.
	expect(verdictOf(runOf(20), [runOf(20), runOf(10), runOf(10)])).toBe('same');
});

test('a first run, and one of another model, is compared with none', () => {
	expect(verdictOf(runOf(20), [])).toBe('first');
	expect(verdictOf(runOf(20), [runOf(10, 1, 'other')])).toBe('first');
});

test('targets are those of the reference guide, by the 95th percentile', () => {
	expect(compareRuns(runOf(499), [])[0]).toMatchObject({ targetMs: 500, isOnTarget: true });
	expect(compareRuns(runOf(500), [])[0]).toMatchObject({ targetMs: 500, isOnTarget: false });
});

test('runs are kept, the latest last, and what is no run is passed over', async () => {
	let stored: unknown = 'not a list';
	const document = {
		read: async () => stored,
		write: async (value: unknown) => {
			stored = value;
		},
	};
	expect(await readRuns(document)).toEqual([]);
	for (let at = 0; at < 45; at++) await keepRun(document, { ...runOf(1), atMs: at });
	const runs = await readRuns(document);
	expect(runs).toHaveLength(40);
	expect(runs.at(-1)!.atMs).toBe(44);
	stored = [3, null, {}, ...runs.slice(0, 1)];
	expect(await readRuns(document)).toHaveLength(1);
});
