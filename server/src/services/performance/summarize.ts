import type { Sample, SampleSummary, SummaryFigures } from '../../protocol/performance.ts';

const most = 60;

/** Averages and maxima of the last sixty samples; `undefined` where there is none. */
export function summarize(samples: readonly Sample[]): SampleSummary | undefined {
	const last = samples.slice(-most);
	if (last.length === 0) return undefined;
	return {
		samples: last.length,
		average: figures(last, (values) => values.reduce((sum, value) => sum + value, 0) / values.length),
		maximum: figures(last, (values) => Math.max(...values)),
	};
}

function figures(samples: readonly Sample[], reduce: (values: readonly number[]) => number): SummaryFigures {
	const searched = samples.flatMap(({ search }) => search.p95Ms ?? []);
	return {
		totalMb: reduce(samples.map(totalMb)),
		cpuPercent: reduce(samples.map(({ cpuPercent }) => cpuPercent)),
		eventLoopMs: reduce(samples.map(({ eventLoop }) => eventLoop.p99Ms)),
		...(searched.length === 0 ? {} : { searchP95Ms: reduce(searched) }),
	};
}

/** Resident memory of all processes. */
export function totalMb({ memory }: Sample): number {
	return memory.serverMb + memory.modelsMb;
}
