import { VectorShards } from './vectorShards.ts';
import { VectorWorker } from './vectorWorker.ts';

/** More threads than this wait for the memory rather than for each other. */
const mostThreads = 4;

/** Threads for a processor of so many cores, where none are asked for: a scan fills one. */
export function scanThreads(asked: number | 'auto', physicalCores: number): number {
	return asked === 'auto' ? Math.min(mostThreads, physicalCores) : asked;
}

/** `count` threads for one folder's vectors; `script` is the bundle of `worker.ts`. */
export function startVectorThreads(
	script: string,
	dimensions: number,
	count: number,
): VectorWorker | VectorShards {
	const start = () => new VectorWorker(script, { dimensions });
	return count === 1 ? start() : new VectorShards(Array.from({ length: count }, start));
}
