import type { Passage } from '../core/markdown/passage.ts';
import type { FileStamp } from './files.ts';
import type { NoteContent, ReadPassage } from './reader.ts';

/** Ids in a group that a stamp is of; groups are numbered from 0. */
export const passagesPerStamp = 1024;

/** Of one group of passages. Ids are never used again, so that number and sum of them tell which there are. */
export interface PassageStamp {
	readonly count: number;
	readonly idSum: number;
	/** Of all that is stored of them but for their texts, in the store's own way. */
	readonly hash: string;
}

/** Everything indexed of one folder, durable. One writer; every write is one transaction. */
export interface IndexStore {
	/** All notes, without their passages. */
	notes(): Promise<readonly StoredNote[]>;
	/** Search terms of all passages, or of some groups of `passagesPerStamp` ids, in batches, in order of id. */
	passageTerms(onBatch: (batch: readonly StoredTerms[]) => void, groups?: readonly number[]): Promise<void>;
	/** What tells whether passages and their terms are as they were, by group; groups without a passage are left out. */
	passageStamps(): Promise<ReadonlyMap<number, PassageStamp>>;
	/** Ids of the passages that have a vector of `modelId`, in no order. */
	embeddedPassages(modelId: string): Promise<Int32Array>;
	/** Vectors of `modelId` for the passages that have one, in batches. */
	passageVectors(
		modelId: string,
		onBatch: (ids: Int32Array, vectors: readonly Float32Array[]) => void,
	): Promise<void>;
	/** Replaces and removes whole notes; a note keeps its id, passages get the ids given. */
	write(change: IndexChange): Promise<void>;
	/** What was put last, if no note has been put or removed since. */
	graphImage(): Promise<Uint8Array | undefined>;
	/** Keeps the graph of links as bytes until a note is put or removed. */
	putGraphImage(image: Uint8Array): Promise<void>;
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
	/** Reads all there is once, in small steps; throws where something can't be read. */
	check(signal: AbortSignal): Promise<void>;
	close(): Promise<void>;
}

/**
 * The store can't go on: `damaged` means that what it holds can't be read, `lost` that its file has to be opened
 * anew. Everything committed that can be read is there afterwards.
 */
export class StoreFault extends Error {
	override readonly name = 'StoreFault';
	readonly kind: 'damaged' | 'lost';

	constructor(kind: 'damaged' | 'lost', cause: unknown) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		super(
			kind === 'damaged' ? `The index is damaged, and is built again from the notes: ${reason}` : reason,
			{
				cause,
			},
		);
		this.kind = kind;
	}
}

/** Of a note that was skipped, the hash is ''. */
export interface StoredNote extends NoteContent {
	readonly id: number;
	readonly stamp: FileStamp;
	/** Version of the chunker that cut it; an older one counts as stale. */
	readonly chunker: number;
	/** Why it is not in the index, when it is not. */
	readonly skipped: string | undefined;
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
