import type { Link, Problem } from './core/markdown/note.ts';
import type { Passage } from './core/markdown/passage.ts';
import type { Language } from './core/ranking/languages.ts';

/** Path of a note relative to its workspace folder, with `/`, spelled as the file system has it. */
export type NotePath = string;

/** What the file system says of a note without opening it. */
export interface FileStamp {
	readonly path: NotePath;
	readonly size: number;
	readonly mtimeMs: number;
}

/** The notes of one folder as files. */
export interface NoteFiles {
	/** Every note that is not excluded; throws `UserError` where the folder itself can't be read. */
	list(signal: AbortSignal): Promise<readonly FileStamp[]>;
	/** `undefined` where there is no such note, or it is excluded. */
	stat(path: NotePath): Promise<FileStamp | undefined>;
}

/** Reads, parses and cuts notes, away from the thread that answers requests. */
export interface NoteReader {
	read(request: ReadRequest, signal: AbortSignal): Promise<ReadResult>;
}

export interface ReadRequest {
	/** Which note, and what is stored as its stamp: taken before reading, so that a later change shows. */
	readonly stamp: FileStamp;
	/** The text on screen, which wins over the file. */
	readonly buffer?: string;
	/** Reads what its lines alone tell, at a tenth of the cost: passages without vectors to come, no links, no tags. */
	readonly isDraft?: boolean;
	/** What `jarvis.search.language` says: the language to index it by, or to find out. */
	readonly language?: Language | 'auto';
	/** The content hash already indexed: the answer is `unchanged` when the note still has it. */
	readonly knownHash?: string;
}

export type ReadResult =
	| { readonly kind: 'read'; readonly note: ReadNote }
	| { readonly kind: 'unchanged' }
	| { readonly kind: 'gone' }
	| { readonly kind: 'skipped'; readonly reason: string };

/** A note read whole: what is stored of it, and what is ranked. */
export interface ReadNote {
	/** SHA-256 of the bytes (of the text, for a buffer), hex. */
	readonly hash: string;
	readonly title: string;
	readonly aliases: readonly string[];
	readonly tags: readonly string[];
	readonly links: readonly Link[];
	readonly problems: readonly Problem[];
	/** By which its terms were made; left out it is English. */
	readonly language?: Language;
	readonly passages: readonly ReadPassage[];
}

export interface ReadPassage extends Passage {
	/** SHA-256 of `modelText`, first 16 bytes, hex: with the model id, the key of its vector. */
	readonly textHash: string;
	/** Distinct index terms and how often each occurs, title and headings weighted in. */
	readonly terms: readonly string[];
	readonly counts: Uint16Array;
}

/** Turns texts into unit vectors; `result[i]` belongs to `texts[i]`; questions go ahead of passages. */
export interface Embedder {
	readonly model: EmbeddingModel;
	readonly state: EmbedderState;
	/** Throws what `signal` was aborted with, or `EmbedderOff` while there is no working model. */
	embed(
		texts: readonly string[],
		kind: 'query' | 'passage',
		signal: AbortSignal,
	): Promise<readonly Float32Array[]>;
	onState(listener: (state: EmbedderState) => void): () => void;
	/** Resident memory of the model's processes, bytes; 0 while none runs. */
	memoryBytes(): number;
	/** How long a passage takes on this machine, once the model has run. */
	readonly msPerText: number | undefined;
	dispose(): Promise<void>;
}

/** The models that can be chosen, and the embedders of those whose files stand: one each, made when first asked for. */
export interface ModelShelf {
	/** What the settings ask for now. */
	wanted(): WantedModel;
	/** Whether the files of the model of this id stand. */
	has(modelId: string): boolean;
	/** Throws where `has` says no. */
	embedder(modelId: string): Embedder;
	/** Ends the embedders of all other models. */
	keepOnly(modelIds: readonly string[]): Promise<void>;
	list(): readonly ModelInfo[];
	/** Fetches the files of what `name` means (a preset or a model id), after the user has agreed to it. */
	fetch(
		name: string,
		onProgress: (doneBytes: number, totalBytes: number | undefined) => void,
		signal: AbortSignal,
	): Promise<void>;
	dispose(): Promise<void>;
}

export type WantedModel =
	| { readonly kind: 'present'; readonly modelId: string }
	/** `reason` says what to do. */
	| { readonly kind: 'absent'; readonly name: string; readonly reason: string };

/** A preset, or the model given by hand. */
export interface ModelInfo {
	/** What `jarvis.model.preset` takes. */
	readonly name: string;
	readonly modelId: string;
	readonly repository: string;
	readonly state: 'bundled' | 'fetched' | 'absent';
	readonly languages: string;
	readonly dimensions: number | undefined;
	/** Of all files, where that is known. */
	readonly bytes: number | undefined;
	/** Whether the SHA-256 of its files is known before they are fetched. */
	readonly isHashKnown: boolean;
	readonly directory: string;
	/** Time to embed one text, as a multiple of the bundled model's, where it was measured. */
	readonly cost: number | undefined;
	readonly isWanted: boolean;
}

export interface EmbeddingModel {
	/** Names weights, precision and pooling: two models with one id give the same vectors. */
	readonly id: string;
	readonly dimensions: number;
	readonly maxTokens: number;
}

export type EmbedderState =
	| { readonly kind: 'idle' }
	| { readonly kind: 'starting' }
	| { readonly kind: 'ready' }
	| { readonly kind: 'off'; readonly reason: string };

/** No vectors can be had now; keyword search and links go on without. */
export class EmbedderOff extends Error {
	override readonly name = 'EmbedderOff';
}

/** Everything indexed of one folder, durable. One writer; every write is one transaction. */
export interface IndexStore {
	/** All notes, without their passages. */
	notes(): Promise<readonly StoredNote[]>;
	/** All passages' search terms, in batches, in order of id. */
	passageTerms(onBatch: (batch: readonly StoredTerms[]) => void): Promise<void>;
	/** Vectors of `modelId` for the passages that have one, in batches. */
	passageVectors(
		modelId: string,
		onBatch: (ids: Int32Array, vectors: readonly Float32Array[]) => void,
	): Promise<void>;
	/** Replaces and removes whole notes; a note keeps its id, passages get the ids given. */
	write(change: IndexChange): Promise<void>;
	/** Vectors of `modelId` for those of the passages that have one, by passage. */
	vectorsOf(modelId: string, passageIds: readonly number[]): Promise<ReadonlyMap<number, Float32Array>>;
	/** Which of `textHashes` have a vector of `modelId`: hash to vector. */
	vectors(modelId: string, textHashes: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
	/** How many passages have a vector, by model id. */
	coverage(): Promise<ReadonlyMap<string, number>>;
	putVectors(modelId: string, vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
	/** Passages by id, in no order; unknown ids are left out. */
	passages(ids: readonly number[]): Promise<readonly StoredPassage[]>;
	/** Removes vectors that no passage has any more, but for the newest `keep`. Returns how many went. */
	pruneVectors(keep: number): Promise<number>;
	sizeBytes(): Promise<number>;
	close(): Promise<void>;
}

export interface StoredNote {
	readonly id: number;
	readonly stamp: FileStamp;
	/** '' for a note that was skipped. */
	readonly hash: string;
	/** Version of the chunker that cut it; an older one counts as stale. */
	readonly chunker: number;
	/** Why it is not in the index, when it is not. */
	readonly skipped: string | undefined;
	readonly title: string;
	readonly aliases: readonly string[];
	readonly tags: readonly string[];
	readonly links: readonly Link[];
	readonly problems: readonly Problem[];
	/** By which its terms were made; left out it is English. */
	readonly language?: Language;
	readonly indexedAtMs: number;
}

export interface StoredPassage extends Passage {
	readonly id: number;
	readonly noteId: number;
	readonly textHash: string;
}

export interface StoredTerms {
	readonly id: number;
	readonly noteId: number;
	readonly textHash: string;
	readonly startLine: number;
	readonly endLine: number;
	readonly terms: readonly string[];
	readonly counts: Uint16Array;
}

export interface IndexChange {
	readonly put: readonly { readonly note: StoredNote; readonly passages: readonly NewPassage[] }[];
	/** Notes whose file stamp alone changed. */
	readonly touch: readonly { readonly id: number; readonly stamp: FileStamp }[];
	/** Ids of notes that are gone. */
	readonly remove: readonly number[];
}

export interface NewPassage extends ReadPassage {
	readonly id: number;
}

/** Vectors of one folder, kept and scanned in a thread of its own; calls take effect in their order. */
export interface VectorThread {
	/** Rows as `CodeTable` keeps them, handed over. */
	adopt(rows: Uint8Array<ArrayBuffer>): void;
	set(id: number, vector: Float32Array): void;
	remove(id: number): void;
	/** See `CodeTable`; `allowed` has a bit a passage id, and 0 leaves it out. */
	scan(
		query: Float32Array,
		k: number,
		least: number,
		allowed: Uint8Array | undefined,
	): Promise<{ readonly ids: Int32Array<ArrayBuffer>; readonly upper: Float64Array<ArrayBuffer> }>;
	approximate(query: Float32Array): Promise<{
		readonly ids: Int32Array<ArrayBuffer>;
		readonly scores: Float32Array<ArrayBuffer>;
	}>;
	dispose(): void;
}

export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
}

export interface Logger {
	info(message: string): void;
	warn(message: string): void;
	error(message: string, cause?: unknown): void;
}

/** Something the user can act on: what happened, and what to do. Everything else thrown is a bug. */
export class UserError extends Error {
	override readonly name = 'UserError';
}
