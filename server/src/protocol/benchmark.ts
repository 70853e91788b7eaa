/** How fast this workspace is answered, and how it holds up under many users. */
import { NotificationType, RequestType } from 'vscode-jsonrpc';

/** Client -> server. Asks the reference guide's questions and some made from the notes; `BenchmarkProgress` goes out meanwhile. */
export const RunBenchmark = new RequestType<BenchmarkParams, BenchmarkResult, void>('jarvis/runBenchmark');

/** Client -> server. Users who search, think and search again, each by a connection of its own. */
export const RunLoadTest = new RequestType<LoadTestParams, LoadTestResult, void>('jarvis/runLoadTest');

/** Server -> client, while one of them runs. */
export const BenchmarkProgress = new NotificationType<BenchmarkProgressParams>('jarvis/benchmarkProgress');

/** Guest -> leader. The same of one folder. */
export const BenchmarkFolder = new RequestType<BenchmarkParams, FolderBenchmark, void>(
	'jarvis/benchmarkFolder',
);

/** Guest -> leader. What is asked in a load test, and notes that are read and embedded meanwhile, to be thrown away. */
export const LoadQuestions = new RequestType<FolderOnly, readonly string[], void>('jarvis/loadQuestions');
export const LoadIndexing = new RequestType<LoadIndexingParams, number, void>('jarvis/loadIndexing');

export interface FolderOnly {
	/** URI of the folder. */
	readonly folder: string;
}

export interface LoadIndexingParams extends FolderOnly {
	readonly seconds: number;
}

export interface BenchmarkProgressParams {
	/** 0 to 1. */
	readonly share: number;
}

export interface BenchmarkParams {
	/** URI of a folder; all of them where it is left out. */
	readonly folder?: string;
	/** About how long it may take for a folder; 30 where it is left out. */
	readonly seconds?: number;
}

export interface BenchmarkResult {
	readonly folders: readonly FolderBenchmark[];
}

export interface FolderBenchmark extends BenchmarkRun {
	readonly uri: string;
	readonly folder: string;
	readonly comparisons: readonly Comparison[];
}

export type BenchmarkPart = 'search' | 'semantic' | 'keyword' | 'related' | 'graph' | 'indexing';

/** One run, as it is kept for later ones to be compared with. */
export interface BenchmarkRun {
	/** Milliseconds since 1970. */
	readonly atMs: number;
	readonly model: string;
	readonly notes: number;
	readonly passages: number;
	/** Different questions. */
	readonly questions: number;
	/** Nothing comes from a cache. Of `indexing` the times are of one note: read, cut and embedded. */
	readonly parts: { readonly [part in BenchmarkPart]?: TimeStatistics };
	/** Why a part was not measured. */
	readonly missing: { readonly [part in BenchmarkPart]?: string };
}

/** Milliseconds, but for the count. */
export interface TimeStatistics {
	readonly mean: number;
	readonly median: number;
	readonly min: number;
	readonly max: number;
	/** Sample standard deviation; 0 of one. */
	readonly std: number;
	readonly p95: number;
	readonly iterations: number;
}

/** A part beside the runs before and the reference guide's target. */
export interface Comparison {
	readonly part: BenchmarkPart;
	/** The median now over the median of the runs before; left out in a first run. */
	readonly ratio?: number;
	/** By more than runs differ by chance. */
	readonly verdict: 'first' | 'same' | 'faster' | 'slower';
	/** Milliseconds that the 95th percentile is to stay below. */
	readonly targetMs?: number;
	readonly isOnTarget?: boolean;
}

/** A test that is meant to find limits must not take the machine with it. */
export const loadBounds = {
	users: { least: 1, most: 50 },
	seconds: { least: 1, most: 3600 },
} as const;

export interface LoadTestParams {
	/** URI of the folder that is asked; the first one where it is left out. */
	readonly folder?: string;
	/** As `loadBounds` says; 5 where it is left out. */
	readonly users?: number;
	/** As `loadBounds` says; 60 where it is left out. */
	readonly seconds?: number;
	/** A user thinks for so long between two searches, evenly spread; 1 to 5 seconds where it is left out. */
	readonly thinkSeconds?: readonly [number, number];
	/** Notes are read and embedded meanwhile, over and over, and thrown away. */
	readonly isIndexing?: boolean;
}

export interface LoadTestResult {
	readonly users: number;
	readonly seconds: number;
	readonly searches: number;
	readonly errors: number;
	/** Errors of all searches, 0 to 1. */
	readonly errorRate: number;
	readonly searchesPerSecond: number;
	/** Of all answers, as the users saw them; none where nothing was answered. */
	readonly latency?: TimeStatistics;
	readonly byUser: readonly UserLoad[];
	/** What went wrong, each once, with how often; at most ten. */
	readonly failures: readonly { readonly reason: string; readonly count: number }[];
	/** Notes that were read and embedded meanwhile. */
	readonly notesIndexed?: number;
}

export interface UserLoad {
	readonly user: number;
	readonly searches: number;
	readonly errors: number;
	readonly meanMs?: number;
	readonly p95Ms?: number;
	readonly maxMs?: number;
}
