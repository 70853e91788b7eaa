import type { Timed } from '../../ports/performance.ts';
import type { Sample } from '../../protocol/performance.ts';

/** A sample of the log; `undefined` for one that another version of the program has written otherwise. */
export function readSample(line: Timed): Sample | undefined {
	const sample = line as Sample;
	const { memory, eventLoop, search, indexing, cacheHitRates, graph, ...rest } = sample;
	const parts = [memory, eventLoop, search, search?.stages, indexing, cacheHitRates, graph];
	if (!parts.every((part) => typeof part === 'object' && part !== null)) return undefined;
	const numbers = [
		...[sample.atMs, rest.cpuPercent, rest.errors, search.count, graph.count],
		...[memory.serverMb, memory.modelsMb, memory.heapMb, memory.externalMb, memory.databaseMb],
		...[memory.indexesMb, eventLoop.p99Ms, eventLoop.maxMs, indexing.notes, indexing.passages],
	];
	return numbers.every(Number.isFinite) ? sample : undefined;
}
