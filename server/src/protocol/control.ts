/** Orders to the engine, and what it tells of itself unasked. */
import { NotificationType, RequestType } from 'vscode-jsonrpc';

/** Client -> server. Does one thing to the index of every folder and returns when it has begun (or, for `delete`, is done). */
export const Control = new RequestType<ControlParams, void, void>('jarvis/control');

/** Server -> client: said once each; `message` tells what happened and what to do. */
export const Told = new NotificationType<ToldParams>('jarvis/told');

export interface ControlParams {
	/**
	 * `rescan` compares the folders with the index; `cancel` gives up what is left to do, until a rebuild or the next
	 * start; `freeMemory` gives back what can be at once; `clearCaches` forgets
	 * answers and questions, and deletes the vectors that folders share.
	 */
	readonly action:
		| 'rebuild'
		| 'rescan'
		| 'pause'
		| 'resume'
		| 'cancel'
		| 'delete'
		| 'freeMemory'
		| 'clearCaches';
}

export interface ToldParams {
	readonly kind: 'info' | 'warning' | 'error';
	readonly message: string;
}

/** What the editor hands over when it starts the server. */
export interface StartOptions {
	/** `jarvis.*` settings without the prefix, of a trusted source only. */
	readonly settings: Readonly<Record<string, unknown>>;
	/** Globs of the editor's `files.exclude`. */
	readonly exclude: readonly string[];
	/** Globs of the editor's `search.exclude`. */
	readonly searchExclude?: readonly string[];
}
