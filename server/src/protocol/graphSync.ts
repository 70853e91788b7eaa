/** The graph on a server of the user's, and how far it is in step with the notes. */
import { RequestType } from 'vscode-jsonrpc';

/** Server -> client. The password that was set for this user at this address; `null` where none was. */
export const Neo4jPassword = new RequestType<Neo4jPasswordParams, string | null, void>(
	'jarvis/neo4jPassword',
);

/** Between processes. Compares a folder's notes with what the graph server holds of them, and sends what differs. */
export const SyncGraph = new RequestType<SyncGraphParams, SyncGraphResult, void>('jarvis/syncGraph');

export interface Neo4jPasswordParams {
	readonly uri: string;
	readonly user: string;
}

export interface SyncGraphParams {
	/** Only compares. */
	readonly check: boolean;
	/** Takes the workspace over where it is another folder's. */
	readonly takeOver?: boolean;
}

/** Paths of notes, in order. */
export interface SyncGraphResult {
	/** In the folder. */
	readonly notes: number;
	/** Not on the server yet. */
	readonly missing: readonly string[];
	/** Otherwise on the server than in the folder: the title, or what the note points at. */
	readonly changed: readonly string[];
	/** On the server, and no longer in the folder. */
	readonly extra: readonly string[];
	/** Whether the two agree now. */
	readonly inStep: boolean;
	readonly seconds: number;
}

/** Where a graph server stands. `sinceMs` is milliseconds since the epoch. */
export type GraphBackendState =
	| { readonly kind: 'ready'; readonly sinceMs: number }
	/** It is not asked yet. */
	| { readonly kind: 'connecting'; readonly reason: string; readonly sinceMs: number }
	/** It is not asked; the reason says what to do. */
	| { readonly kind: 'off'; readonly reason: string; readonly sinceMs: number };
