/** What the engine says of itself. */
import { NotificationType, RequestType0 } from 'vscode-jsonrpc';
import type { Coverage } from './search.ts';

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
	readonly models: readonly ModelStatus[];
	readonly graph: GraphStatus;
	readonly search: SearchStatus;
	readonly caches: { readonly queries: CacheStatus; readonly encodings: CacheStatus };
	readonly folders: readonly FolderStatus[];
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
}

export interface MemoryStatus {
	/** Resident memory of server and model processes together. */
	readonly totalMb: number;
	readonly serverMb: number;
	readonly embedderMb: number;
}

export interface ModelStatus {
	readonly id: string;
	readonly state: 'idle' | 'starting' | 'ready' | 'off';
	readonly reason?: string;
	/** `answers`: its vectors are searched; `next`: it reads the passages, to take over then. */
	readonly use: 'answers' | 'next';
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
	readonly backend: 'embedded';
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
	/** Whether this process has the index open and serves it to others, or is itself served; left out before that is known. */
	readonly door?: 'leads' | 'attached';
	/** Process that has the index open. */
	readonly leaderPid?: number;
}
