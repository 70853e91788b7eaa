/** What processes on one index say to each other, besides the requests of the editor. */
import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { LinkTarget } from '../core/links/noteNames.ts';

/** Guest -> leader. Compares the folder with the index, and returns when everything is read and embedded. */
export const Update = new RequestType<UpdateParams, UpdateResult, void>('jarvis/door/update');

/** Guest -> leader. Returns when the graph of neighbours stands, where one is wanted. */
export const Settle = new RequestType<Record<string, never>, null, void>('jarvis/door/settle');

/** Guest -> leader. Writes the folder's vectors into a file. */
export const Export = new RequestType<ExportParams, Exported, void>('jarvis/door/export');

/** Guest -> leader. Takes over the vectors of such a file. */
export const Import = new RequestType<ImportParams, Imported, void>('jarvis/door/import');

/** Guest -> leader. The note that a link leads to; `null` where there is none. */
export const LinkedNote = new RequestType<LinkedNoteParams, LinkedNoteResult | null, void>(
	'jarvis/door/linkedNote',
);

/** Guest -> leader: keep the index up to date, if you do not yet. */
export const Follow = new NotificationType<Record<string, never>>('jarvis/door/follow');

/** Guest -> leader: the text on screen of a note, which counts while the guest is attached. */
export const BufferChanged = new NotificationType<BufferChangedParams>('jarvis/door/bufferChanged');

/** Guest -> leader: the user is at the keyboard. */
export const Typing = new NotificationType<Record<string, never>>('jarvis/door/typing');

/** Guest -> leader: files were made, changed or removed. */
export const PathsChanged = new NotificationType<PathsChangedParams>('jarvis/door/pathsChanged');

/** Guest -> leader: a model was fetched. */
export const ModelsChanged = new NotificationType<Record<string, never>>('jarvis/door/modelsChanged');

/** Leader -> guest, at most twice a second: what `status` tells may have changed. */
export const IndexChanged = new NotificationType<Record<string, never>>('jarvis/door/indexChanged');

export interface UpdateParams {
	/** All that can have changed, where that is known; else the whole folder is looked through. */
	readonly changes?: readonly PathChange[];
}

/** What was done since it was asked for. */
export interface UpdateResult {
	readonly read: number;
	readonly removed: number;
	readonly embedded: number;
	readonly reused: number;
}

export interface ExportParams {
	/** Absolute path. */
	readonly file: string;
	/** Whether the passages are written too. */
	readonly withText: boolean;
}

export interface Exported {
	readonly file: string;
	readonly vectors: number;
	readonly bytes: number;
	readonly model: string;
	readonly dimensions: number;
	readonly chunker: number;
}

export interface ImportParams {
	/** Absolute path. */
	readonly file: string;
}

export interface Imported {
	/** Vectors that the index did not have. */
	readonly used: number;
	/** Vectors that it had already. */
	readonly known: number;
	readonly skipped: readonly { readonly reason: string; readonly count: number }[];
}

export interface LinkedNoteParams {
	readonly link: LinkTarget;
	/** Path of the note that holds the link. */
	readonly from: string;
}

export interface LinkedNoteResult {
	readonly path: string;
	readonly title: string;
}

export interface BufferChangedParams {
	readonly path: string;
	/** Left out when the note is closed. */
	readonly text?: string;
}

export interface PathsChangedParams {
	/** `isGone`: it was removed; then it may have been a folder. */
	readonly changes: readonly PathChange[];
}

export interface PathChange {
	readonly path: string;
	readonly isGone: boolean;
}
