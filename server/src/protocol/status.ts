/** What the engine says of itself. */
import { NotificationType, RequestType0 } from 'vscode-jsonrpc';
import type { GraphBackendState } from './graphSync.ts';
import type { PartHealth } from './performance.ts';
import type { Coverage } from './search.ts';
import type { TeamState } from './team.ts';

/** Client -> server. Health, coverage, memory and timings. */
export const Status = new RequestType0<StatusResult, void>('jarvis/status');

/** Server -> client, at most twice a second while something changes. */
export const StatusChanged = new NotificationType<StatusResult>('jarvis/statusChanged');

export type Health = 'healthy' | 'degraded' | 'disabled' | 'unconfigured';

export interface StatusResult {
	readonly health: Health;
	/** What is wrong and what to do, when something is. */
	readonly problems: readonly string[];
	readonly index: IndexStatus;
	readonly memory: MemoryStatus;
	readonly eventLoop: EventLoopStatus;
	readonly models: readonly ModelStatus[];
	readonly graph: GraphStatus;
	readonly search: SearchStatus;
	readonly caches: {
		readonly queries: CacheStatus;
		readonly encodings: CacheStatus;
		readonly graph?: CacheStatus;
	};
	readonly folders: readonly FolderStatus[];
	/** How each part is, with reason and remedy where it is not healthy. */
	readonly parts?: readonly PartHealth[];
}

export interface IndexStatus extends Coverage {
	readonly state: 'opening' | 'scanning' | 'reading' | 'embedding' | 'paused' | 'ready' | 'off';
	/** Notes still to be read. */
	readonly pendingNotes: number;
	readonly skipped: number;
	readonly bytes: number;
	/** Seconds until everything is embedded, once that can be told. */
	readonly secondsLeft?: number;
	/** The model that is to take over, and how many passages it has read; answers come from the other one by then. */
	readonly switching?: { readonly to: string; readonly embedded: number };
	/** Of several folders the one that is worst off; none while no index is open. */
	readonly vectorIndex?: VectorIndexStatus;
}

/** How the nearest passages are found. */
export interface VectorIndexStatus {
	readonly kind: 'exact' | 'hnsw';
	/** `building`, or `off` because it does not run here: all passages are compared meanwhile. `exact` is always ready. */
	readonly state: 'building' | 'ready' | 'off';
	/** As the settings say; what they mean is there. */
	readonly m: number;
	readonly efConstruction: number;
	readonly efSearch: number;
	/** Of the ten passages nearest to a passage, the share that `hnsw` finds, 0 to 1; once it was measured. */
	readonly recall10?: number;
}

export interface MemoryStatus {
	/** Resident memory of server and model processes together. */
	readonly totalMb: number;
	readonly serverMb: number;
	readonly embedderMb: number;
	/** What they may take together: `jarvis.memory.limitMb`. */
	readonly limitMb: number;
	/** `warning` from `jarvis.memory.warnPercent` on; `critical` where indexing had to stop, or the limit is passed. */
	readonly level: 'normal' | 'warning' | 'critical';
	/** What is being done to need less, in the order it was begun; empty where there is room. */
	readonly steps: readonly MemoryStepStatus[];
}

export type MemoryStepName = 'batches' | 'caches' | 'database' | 'models' | 'unload' | 'indexing';

export interface MemoryStepStatus {
	readonly name: MemoryStepName;
	readonly text: string;
	/** What was in use when it was begun, which is why. */
	readonly usedMb: number;
}

/** Delays of the server's own thread beyond its timers, since it began. */
export interface EventLoopStatus {
	readonly p99Ms: number;
	readonly maxMs: number;
}

export interface ModelStatus {
	readonly id: string;
	readonly state: 'idle' | 'starting' | 'ready' | 'off';
	readonly reason?: string;
	/** `answers`: its vectors are searched; `next`: it reads the passages, to take over then. */
	readonly use: 'answers' | 'next';
	/** Processes that run it now, and what it runs on once it is loaded: `cpu`, `cuda`, `coreml` or `dml`. */
	readonly processes: number;
	readonly device?: string;
}

export interface CacheStatus {
	/** Entries now, and at most. */
	readonly size: number;
	readonly limit: number;
	readonly hits: number;
	readonly misses: number;
	/** Hits of all look-ups, 0 to 1; 0 before the first. */
	readonly hitRate: number;
}

export interface GraphStatus {
	/** `neo4j` where a folder has a graph server, whether it answers or not: see `graphServer` there. */
	readonly backend: 'embedded' | 'neo4j';
	/** Links between notes, and links whose note there is not. */
	readonly links: number;
	readonly unresolved: number;
}

export interface SearchStatus {
	readonly count: number;
	readonly lastMs?: number;
	readonly p95Ms?: number;
}

export interface FolderStatus {
	readonly uri: string;
	readonly name: string;
	readonly indexFile: string;
	readonly index: IndexStatus;
	readonly problems: readonly string[];
	/** Those of `problems` that are of the Neo4j server: the index is none the worse. */
	readonly serverProblems?: readonly string[];
	/** Where the settings want a graph server. */
	readonly graphServer?: GraphBackendState;
	/** Where it is shared with a team. */
	readonly team?: TeamState;
	/** Whether this process has the index open and serves it to others, or is itself served; left out before that is known. */
	readonly door?: 'leads' | 'attached';
	/** Process that has the index open. */
	readonly leaderPid?: number;
}
