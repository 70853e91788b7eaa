/** What the monitor has seen: figures over time, alerts, and how the parts are. */
import { NotificationType, RequestType } from 'vscode-jsonrpc';

/** Client -> server. Samples since a time, and what follows from them now. */
export const Performance = new RequestType<PerformanceParams, PerformanceResult, void>('jarvis/performance');

/** Server -> client. A threshold was crossed, or is no longer; each at most once in its cool-down. */
export const AlertChanged = new NotificationType<Alert>('jarvis/alertChanged');

export interface PerformanceParams {
	/**
	 * Samples taken later than this alone, milliseconds since 1970; left out, all that are kept in memory. Those of the last
	 * day that are older come from disk, one of each minute.
	 */
	readonly sinceMs?: number;
}

export interface PerformanceResult {
	/** Seconds between two samples. */
	readonly sampleSeconds: number;
	/** Oldest first. */
	readonly samples: readonly Sample[];
	/** Of the last sixty samples; none before the first. */
	readonly summary?: SampleSummary;
	/** Of the last searches, the slowest first, at most ten. */
	readonly slowest: readonly SlowSearch[];
	/** The targets of the reference guide beside our figures. */
	readonly targets: readonly TargetStatus[];
	readonly health: readonly PartHealth[];
	/** Those that hold now, latest first. */
	readonly alerts: readonly Alert[];
}

/** One look at everything; counts and times are of the interval since the look before. */
export interface Sample {
	/** Milliseconds since 1970. */
	readonly atMs: number;
	readonly memory: MemoryParts;
	/** Processor time of all our processes, in percent of one processor. */
	readonly cpuPercent: number;
	/** How long the server's own thread was held up, in this interval. */
	readonly eventLoop: { readonly p99Ms: number; readonly maxMs: number };
	readonly search: SearchSample;
	/** Notes taken into the index, and passages that got their vectors. */
	readonly indexing: { readonly notes: number; readonly passages: number };
	/** Hits of all look-ups, 0 to 1; none where nothing was looked up. */
	readonly cacheHitRates: { readonly queries?: number; readonly encodings?: number; readonly graph?: number };
	readonly graph: { readonly count: number; readonly p95Ms?: number };
	/** Connections in use and idle; where Neo4j is the backend. */
	readonly neo4j?: { readonly inUse: number; readonly idle: number };
	/** Requests that failed by a fault of ours or of the machine; a request taken back is none. */
	readonly errors: number;
	/** Questions that were answered or failed (searches, related notes, why), of which `errors` are a part. */
	readonly requests?: number;
}

/** Resident memory, megabytes: `server` and `models` are what the system says and add up to the whole; the rest is within `server`. */
export interface MemoryParts {
	readonly serverMb: number;
	readonly modelsMb: number;
	readonly heapMb: number;
	readonly externalMb: number;
	/** DuckDB's buffers. */
	readonly databaseMb: number;
	/** Codes, postings and other indexes that answers come from. */
	readonly indexesMb: number;
}

export interface SearchSample {
	readonly count: number;
	readonly p50Ms?: number;
	readonly p95Ms?: number;
	/** Mean milliseconds by stage of a search (`keyword`, `embed`, `scan`, `fuse`, `fetch`). */
	readonly stages: Readonly<Record<string, number>>;
}

export interface SampleSummary {
	/** How many samples it is of, at most sixty. */
	readonly samples: number;
	readonly average: SummaryFigures;
	readonly maximum: SummaryFigures;
}

export interface SummaryFigures {
	readonly totalMb: number;
	readonly cpuPercent: number;
	readonly eventLoopMs: number;
	/** Of the samples with a search. */
	readonly searchP95Ms?: number;
}

export interface SlowSearch {
	readonly query: string;
	readonly atMs: number;
	readonly tookMs: number;
	readonly stages: Readonly<Record<string, number>>;
}

export type TargetName = 'search' | 'indexing' | 'memory' | 'graph';

export interface TargetStatus {
	readonly name: TargetName;
	/** `below`: smaller is better. */
	readonly better: 'below' | 'above';
	readonly target: number;
	/** None before it was measured. */
	readonly value?: number;
	/** `ms`, `files/min` or `MB`. */
	readonly unit: string;
}

export type PartName = 'index' | 'model' | 'graph' | 'neo4j' | 'disk';

export interface PartHealth {
	readonly part: PartName;
	readonly health: 'healthy' | 'degraded' | 'disabled' | 'unconfigured';
	/** Why it is not healthy. */
	readonly reason?: string;
	/** What to do about it; with the command that does it, where there is one. */
	readonly remedy?: string;
	readonly command?: string;
}

export type AlertKind = 'memory' | 'cpu' | 'search' | 'errors';

export interface Alert {
	readonly kind: AlertKind;
	readonly isActive: boolean;
	/** In a sentence: the figure, the threshold, and what is being done. */
	readonly text: string;
	readonly value: number;
	readonly threshold: number;
	readonly sinceMs: number;
}
