import type { TimeStatistics } from '../../protocol/benchmark.ts';

/** Of durations in milliseconds; `undefined` of none. */
export function describeTimes(times: readonly number[]): TimeStatistics | undefined {
	if (times.length === 0) return undefined;
	const sorted = times.toSorted((a, b) => a - b);
	const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
	const squares = times.reduce((sum, time) => sum + (time - mean) ** 2, 0);
	const half = sorted.length / 2;
	const median =
		sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
	return {
		mean,
		median,
		min: sorted[0]!,
		max: sorted.at(-1)!,
		std: times.length === 1 ? 0 : Math.sqrt(squares / (times.length - 1)),
		p95: sorted[Math.ceil(0.95 * sorted.length) - 1]!,
		iterations: times.length,
	};
}
