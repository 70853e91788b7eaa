import type { BenchmarkPart, BenchmarkRun, Comparison, TimeStatistics } from '../../protocol/benchmark.ts';

/** Milliseconds, from the reference guide: a search within 500, a question to the graph within 200, 100 files a minute. */
const targetsMs: { readonly [part in BenchmarkPart]?: number } = {
	search: 500,
	semantic: 500,
	keyword: 500,
	graph: 200,
	indexing: 600,
};
/** Earlier runs that count: what was measured longer ago is of another machine's mood. */
const runsCompared = 5;
/** Medians of runs of the same code differ so much on a machine that does other things beside. */
const leastNoise = 0.25;
/** Standard errors that two means must differ by. */
const errorsApart = 3;

/** Each part of `run` beside the same part of the runs `before`, of the same model, oldest first. */
export function compareRuns(run: BenchmarkRun, before: readonly BenchmarkRun[]): readonly Comparison[] {
	const comparable = before.filter(({ model }) => model === run.model).slice(-runsCompared);
	return (Object.entries(run.parts) as [BenchmarkPart, TimeStatistics][]).map(([part, now]) => {
		const earlier = comparable.flatMap(({ parts }) => parts[part] ?? []);
		const targetMs = targetsMs[part];
		const target = targetMs === undefined ? {} : { targetMs, isOnTarget: now.p95 < targetMs };
		return { part, ...againstEarlier(now, earlier), ...target };
	});
}

/**
 * Slower or faster only where both say so: the medians, by more than the medians of earlier runs differ among themselves,
 * and the means, by more than the spread of single times explains.
 */
function againstEarlier(
	now: TimeStatistics,
	earlier: readonly TimeStatistics[],
): Pick<Comparison, 'ratio' | 'verdict'> {
	if (earlier.length === 0) return { verdict: 'first' };
	const medians = earlier.map(({ median }) => median).sort((a, b) => a - b);
	const usual = medians[Math.floor(medians.length / 2)]!;
	const ratio = now.median / usual;
	const noise = Math.max(leastNoise, medians.at(-1)! / usual - 1, usual / medians[0]! - 1);
	const last = earlier.at(-1)!;
	const error = Math.sqrt(now.std ** 2 / now.iterations + last.std ** 2 / last.iterations);
	const isClear = Math.abs(now.mean - last.mean) > errorsApart * error;
	if (isClear && ratio > 1 + noise) return { ratio, verdict: 'slower' };
	return { ratio, verdict: isClear && ratio < 1 / (1 + noise) ? 'faster' : 'same' };
}
