import type { MemoryPort } from '../../ports/memory.ts';
import type { Gauges } from '../../ports/performance.ts';
import type { Clock } from '../../ports/system.ts';
import type { Sample } from '../../protocol/performance.ts';
import { type IndexerCounts, noCounts } from '../indexing/indexerCounts.ts';
import type { RequestRecorder } from './requestRecorder.ts';

/** What the sampler looks at besides the gauges. */
export interface SampledEngine {
	readonly memory: Pick<MemoryPort, 'measure'>;
	readonly clock: Clock;
	/** What indexers have done since they began. */
	readonly indexers: () => readonly { readonly counts: IndexerCounts }[];
	/** Memory of codes, postings and other indexes that answers come from. */
	readonly indexBytes: () => number;
	readonly caches: () => Readonly<Partial<Record<CacheName, CacheCounts>>>;
	/** Connections to Neo4j, where it is the backend. */
	readonly neo4jPool?: () => Sample['neo4j'] | undefined;
}

type CacheName = keyof Sample['cacheHitRates'];

export interface CacheCounts {
	readonly hits: number;
	readonly misses: number;
}

const mb = 1_048_576;

/** Takes one sample after the other; counts and times are of what lies between. */
export class Sampler {
	readonly #engine: SampledEngine;
	readonly #gauges: Gauges;
	readonly #requests: RequestRecorder;
	readonly #counts = new WeakMap<object, IndexerCounts>();
	readonly #caches = new Map<CacheName, CacheCounts>();
	#last: { readonly atMs: number; readonly cpuMs: number };

	constructor(engine: SampledEngine, gauges: Gauges, requests: RequestRecorder) {
		this.#engine = engine;
		this.#gauges = gauges;
		this.#requests = requests;
		this.#last = { atMs: engine.clock.now(), cpuMs: gauges.cpuMs() };
	}

	async sample(): Promise<Sample> {
		const { memory, clock, indexBytes, neo4jPool } = this.#engine;
		const gauges = this.#gauges;
		const [{ serverBytes, modelBytes }, databaseBytes] = await Promise.all([
			memory.measure(),
			gauges.databaseBytes(),
		]);
		// No await from here on, so that all of it is of one interval.
		const now = { atMs: Math.round(clock.now()), cpuMs: gauges.cpuMs() };
		const elapsedMs = Math.max(1, now.atMs - this.#last.atMs);
		const cpuPercent = Math.max(0, ((now.cpuMs - this.#last.cpuMs) / elapsedMs) * 100);
		this.#last = now;
		const { heapBytes, externalBytes } = gauges.heap();
		const { p99Ms, maxMs } = gauges.eventLoop();
		const { search, graph, requests, errors } = this.#requests.take();
		const neo4j = neo4jPool?.();
		return {
			atMs: now.atMs,
			memory: {
				serverMb: short(serverBytes / mb),
				modelsMb: short(modelBytes / mb),
				heapMb: short(heapBytes / mb),
				externalMb: short(externalBytes / mb),
				databaseMb: short(databaseBytes / mb),
				indexesMb: short(indexBytes() / mb),
			},
			cpuPercent: short(cpuPercent),
			eventLoop: { p99Ms: short(p99Ms), maxMs: short(maxMs) },
			search: shortened(search),
			indexing: this.#indexed(),
			cacheHitRates: this.#hitRates(),
			graph: shortened(graph),
			...(neo4j === undefined ? {} : { neo4j }),
			errors,
			requests,
		};
	}

	#indexed(): Sample['indexing'] {
		let notes = 0;
		let passages = 0;
		for (const indexer of this.#engine.indexers()) {
			const { counts } = indexer;
			const before = this.#counts.get(indexer) ?? noCounts;
			this.#counts.set(indexer, counts);
			notes += counts.read - before.read;
			passages += counts.embedded + counts.reused - before.embedded - before.reused;
		}
		return { notes, passages };
	}

	#hitRates(): Sample['cacheHitRates'] {
		const rates: Partial<Record<CacheName, number>> = {};
		for (const [key, { hits, misses }] of Object.entries(this.#engine.caches())) {
			const name = key as CacheName;
			const before = this.#caches.get(name) ?? { hits: 0, misses: 0 };
			this.#caches.set(name, { hits, misses });
			const asked = hits + misses - before.hits - before.misses;
			if (asked > 0) rates[name] = Math.round(((hits - before.hits) / asked) * 1000) / 1000;
		}
		return rates;
	}
}

/** A tenth is as much as anyone sees, and a day of them is to be kept. */
function short(value: number): number {
	return Math.round(value * 10) / 10;
}

function shortened<T extends object>(values: T): T {
	const entries = Object.entries(values).map(([name, value]) => {
		if (typeof value === 'number') return [name, short(value)];
		return [name, shortened(value as object)];
	});
	return Object.fromEntries(entries) as T;
}
