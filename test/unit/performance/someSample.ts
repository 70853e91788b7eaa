import type { Sample } from '../../../server/src/protocol/performance.ts';

/** A sample at rest, with what a test changes of it. */
export function someSample(rest: Partial<Sample> = {}): Sample {
	return {
		atMs: 1000,
		memory: { serverMb: 100, modelsMb: 100, heapMb: 30, externalMb: 5, databaseMb: 10, indexesMb: 1 },
		cpuPercent: 1,
		eventLoop: { p99Ms: 1, maxMs: 2 },
		search: { count: 0, stages: {} },
		indexing: { notes: 0, passages: 0 },
		cacheHitRates: {},
		graph: { count: 0 },
		errors: 0,
		requests: 0,
		...rest,
	};
}
