import type { MemoryParts } from '../../../../server/src/protocol/performance.ts';

/** Megabytes by part, without overlap: together they are what the system says all processes take. */
export interface MemoryStack {
	readonly modelsMb: number;
	readonly indexesMb: number;
	readonly databaseMb: number;
	readonly heapMb: number;
	/** Of the server, what no part accounts for: code, buffers, freed but not given back. */
	readonly restMb: number;
}

/**
 * Each part of the server gets what is left of the whole at most: parts are counted by who asked for them, the whole by
 * what is resident, and the indexes may lie within the heap.
 */
export function memoryStack(memory: MemoryParts): MemoryStack {
	let left = memory.serverMb;
	const take = (mb: number) => {
		const taken = Math.min(Math.max(0, mb), left);
		left -= taken;
		return taken;
	};
	const indexesMb = take(memory.indexesMb);
	const databaseMb = take(memory.databaseMb);
	const heapMb = take(memory.heapMb);
	return { modelsMb: memory.modelsMb, indexesMb, databaseMb, heapMb, restMb: left };
}
