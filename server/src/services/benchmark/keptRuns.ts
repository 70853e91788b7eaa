import type { JsonDocument } from '../../ports/files.ts';
import type { BenchmarkRun } from '../../protocol/benchmark.ts';

/** A run a week for most of a year. */
const mostRuns = 40;

/** Runs of a folder, oldest first; what can't be read is none. */
export async function readRuns(document: JsonDocument): Promise<readonly BenchmarkRun[]> {
	const value = await document.read();
	return Array.isArray(value) ? value.filter(isRun) : [];
}

/** Adds a run, and lets the oldest go. */
export async function keepRun(document: JsonDocument, run: BenchmarkRun): Promise<void> {
	await document.write([...(await readRuns(document)), run].slice(-mostRuns));
}

function isRun(value: unknown): value is BenchmarkRun {
	if (typeof value !== 'object' || value === null) return false;
	const { atMs, model, parts } = value as Partial<Record<keyof BenchmarkRun, unknown>>;
	return typeof atMs === 'number' && typeof model === 'string' && typeof parts === 'object' && parts !== null;
}
