/** Every file that was seen, and where it stands. */
import { RequestType } from 'vscode-jsonrpc';

/** Client -> server. The files of all folders by state, one page of them, in order of their paths. */
export const Ledger = new RequestType<LedgerParams, LedgerResult, void>('jarvis/ledger');

/** `skipped` for what it is, `failed` where reading or embedding it went wrong. */
export type LedgerState = 'indexed' | 'pending' | 'skipped' | 'failed';

export interface LedgerParams {
	/** All states when left out. */
	readonly states?: readonly LedgerState[];
	/** URI of a workspace folder; all folders when left out. */
	readonly folder?: string;
	/** Part of the path, in any case. */
	readonly path?: string;
	readonly offset?: number;
	/** Entries to return; 200 when left out. */
	readonly limit?: number;
}

export interface LedgerResult {
	/** Entries that match, of which `entries` is one page. */
	readonly total: number;
	/** Of all files of the folders asked for, whatever the other conditions. */
	readonly counts: Readonly<Record<LedgerState, number>>;
	readonly entries: readonly LedgerEntry[];
	/** What the last scan passed over, by what excludes it. */
	readonly excluded: readonly LedgerExclusion[];
}

export interface LedgerEntry {
	readonly uri: string;
	/** Name of the workspace folder. */
	readonly folder: string;
	readonly path: string;
	readonly state: LedgerState;
	/** Why it is not, or not wholly, indexed. */
	readonly reason?: string;
	/** When it was last read, milliseconds since the epoch; left out before the first time. */
	readonly readAtMs?: number;
	/** Milliseconds that reading it took, where that was since the server started. */
	readonly tookMs?: number;
	readonly passages: number;
	/** Passages that have a vector. */
	readonly embedded: number;
}

export interface LedgerExclusion {
	/** Name of the workspace folder. */
	readonly folder: string;
	/** What excludes, in words. */
	readonly by: string;
	/** Notes, without those in excluded folders, which are not looked into. */
	readonly notes: number;
	readonly folders: number;
}
