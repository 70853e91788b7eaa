/** Upkeep of an index, its backups, and what Jarvis keeps on this machine. */
import { RequestType, RequestType0 } from 'vscode-jsonrpc';

/** Client -> server. Makes a folder's index as small and quick as it can be. */
export const Maintain = new RequestType<FolderParams, MaintainResult, void>('jarvis/maintain');

/** Client -> server. Copies a folder's index, as it is at one moment, into one file. */
export const BackUp = new RequestType<BackupParams, BackupResult, void>('jarvis/backup');

/** Client -> server. Puts such a copy in the place of a folder's index; notes that have changed since are then read again. */
export const Restore = new RequestType<BackupParams, RestoreResult, void>('jarvis/restore');

/** Client -> server. Everything that Jarvis keeps on this machine. */
export const ListData = new RequestType0<ListDataResult, void>('jarvis/listData');

/** Client -> server. Deletes all of it, but for what another process has in use. */
export const DeleteData = new RequestType0<DeleteDataResult, void>('jarvis/deleteData');

export interface FolderParams {
	/** Of the workspace folder. */
	readonly uri: string;
}

export interface MaintainResult {
	/** Of the index and the vectors beside it. */
	readonly beforeBytes: number;
	readonly afterBytes: number;
	/** Vectors of texts that no note has any more. */
	readonly removedVectors: number;
	readonly seconds: number;
	readonly steps: readonly MaintainStep[];
}

export interface MaintainStep {
	/**
	 * `vectors` removes those without a text, `postings` those of removed passages, `statistics` counts anew, `compact`
	 * writes the file anew, `checkpoint` writes the log into it.
	 */
	readonly name: 'vectors' | 'postings' | 'statistics' | 'compact' | 'checkpoint';
	readonly seconds: number;
}

export interface BackupParams extends FolderParams {
	/** Absolute path. */
	readonly file: string;
}

/** What a backup holds. */
export interface BackupContents {
	/** Name of the folder it was made of. */
	readonly folder: string;
	readonly model: string;
	readonly notes: number;
	readonly passages: number;
	readonly vectors: number;
	readonly bytes: number;
	/** ISO 8601. */
	readonly madeAt: string;
}

export interface BackupResult extends BackupContents {
	readonly file: string;
	readonly sha256: string;
	readonly seconds: number;
}

export interface RestoreResult extends BackupContents {
	/** Model that the folder is read by, where it is another one: its vectors are made again. */
	readonly otherModel?: string;
	readonly seconds: number;
}

export interface ListDataResult {
	readonly items: readonly DataItem[];
}

export interface DataItem {
	/** The index of one folder, vectors that folders share, models that were fetched, logs. */
	readonly kind: 'index' | 'vectors' | 'models' | 'logs';
	/** Absolute path. */
	readonly path: string;
	readonly bytes: number;
	/** The process that has it in use, if another one has, or may have. */
	readonly heldBy?: number;
}

export interface DeleteDataResult {
	readonly deleted: readonly DataItem[];
	/** With the reason of each. */
	readonly kept: readonly (DataItem & { readonly reason: string })[];
}
