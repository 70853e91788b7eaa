/** Memory settings of a Neo4j server, in megabytes, as they stand in its `neo4j.conf`. */
export interface Neo4jMemoryAdvice {
	readonly heapInitialMb: number;
	readonly heapMaxMb: number;
	readonly pageCacheMb: number;
	/** Of all transactions that run at once. */
	readonly transactionsMb: number;
	/** The lines to put there. */
	readonly lines: readonly string[];
	/** What can't be had with so little memory, where that is so. */
	readonly warning: string | undefined;
}

/** Neo4j starts with less, and spends its time collecting garbage. */
const leastHeapMb = 512;
const leastPageCacheMb = 128;
/** Above this the JVM's pointers get twice as long, and a larger heap holds less. */
const mostHeapMb = 31 * 1024;
/** What a store grows by until somebody looks at these settings again. */
const growth = 1.2;
const step = 64;

/**
 * What to give Neo4j on a machine of `ramMb` that has nothing else to do, for a store of `storeMb` on disk: the store in
 * the page cache if it fits in half of what the system leaves, the rest to the heap. For 4 GB and a store of 850 MB that is
 * what the reference guide writes down: heap 1 to 2 GB, page cache 1 GB.
 */
export function neo4jMemoryAdvice(ramMb: number, storeMb: number): Neo4jMemoryAdvice {
	const systemMb = Math.min(4096, Math.max(512, ramMb / 4));
	const availableMb = Math.max(leastHeapMb + leastPageCacheMb, ramMb - systemMb);
	const wantedCacheMb = Math.ceil((storeMb * growth) / step) * step;
	const mostCacheMb = Math.max(
		leastPageCacheMb,
		roundDown(Math.min(availableMb / 2, availableMb - leastHeapMb)),
	);
	const pageCacheMb = Math.min(mostCacheMb, Math.max(leastPageCacheMb, wantedCacheMb));
	const heapMaxMb = Math.min(mostHeapMb, Math.max(leastHeapMb, roundDown(availableMb - pageCacheMb)));
	const heapInitialMb = Math.max(leastHeapMb, roundDown(heapMaxMb / 2));
	const transactionsMb = roundDown(heapMaxMb / 2);
	return {
		...{ heapInitialMb, heapMaxMb, pageCacheMb, transactionsMb },
		lines: [
			`server.memory.heap.initial_size=${heapInitialMb}m`,
			`server.memory.heap.max_size=${heapMaxMb}m`,
			`server.memory.pagecache.size=${pageCacheMb}m`,
			`dbms.memory.transaction.total.max=${transactionsMb}m`,
		],
		warning: warningFor(ramMb, systemMb, wantedCacheMb, pageCacheMb),
	};
}

function warningFor(
	ramMb: number,
	systemMb: number,
	wantedCacheMb: number,
	pageCacheMb: number,
): string | undefined {
	const leastMb = systemMb + leastHeapMb + leastPageCacheMb;
	if (ramMb < leastMb) return `Neo4j needs a machine with ${Math.ceil(leastMb)} MB of memory at least.`;
	if (wantedCacheMb <= pageCacheMb) return undefined;
	return `The store does not fit into the page cache, so that questions read from disk: ${wantedCacheMb} MB would hold it.`;
}

function roundDown(mb: number): number {
	return Math.floor(mb / step) * step;
}
