/** Vectors of one folder, kept and scanned in a thread of its own; calls take effect in their order. */
export interface VectorThread {
	/** Whether it has ended by itself, with all it held: whatever is asked of it fails. */
	readonly hasDied: boolean;
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

/** Takes vectors, a batch at a time; they may be views that are valid during the call only. */
export type OnVectors = (ids: Int32Array, vectors: readonly Float32Array[]) => void;

/**
 * Vectors of one folder by one model in a file beside its index, read one by one from wherever they lie. A copy of what
 * the store holds: what is not in it, or can't be read, is asked of the store.
 */
export interface VectorFile {
	readonly bytes: number;
	/**
	 * Reads all, once, before anything else is asked. A row is kept whose passage has the text it was made from, as
	 * `textHashOf` has it; every other, and every damaged one, is dropped.
	 */
	load(textHashOf: (id: number) => string | undefined, onVectors: OnVectors): Promise<void>;
	/** Adds vectors that the store has committed. */
	add(rows: readonly VectorRow[]): void;
	remove(id: number): void;
	/** Calls `visit` for those of `ids` that are here, in any order; a vector is valid during the call only. */
	read(ids: readonly number[], visit: (id: number, vector: Float32Array) => void): Promise<void>;
	close(): void;
}

export interface VectorRow {
	readonly id: number;
	/** Hash of the passage's text, from which alone the vector was made. */
	readonly textHash: string;
	readonly vector: Float32Array;
}

/** Where a folder's vector files are. */
export interface VectorFiles {
	/** The file for the vectors of a model, made as needed; it takes the place of those of other models. */
	open(modelId: string, dimensions: number): VectorFile;
}

/** How a graph of neighbours is built and searched: the names that the HNSW paper gives (Malkov and Yashunin, 2016). */
export interface NeighbourOptions {
	readonly dimensions: number;
	/** Links of a vector to its neighbours. */
	readonly m: number;
	/** Vectors looked at for a place in the graph, and for an answer. */
	readonly efConstruction: number;
	readonly efSearch: number;
}

/**
 * Approximate nearest neighbours among one folder's unit vectors, kept in a thread of its own; calls take effect in
 * their order. Once it has failed, whatever is asked fails with its error.
 */
export interface NeighbourIndex {
	/** Resolves once they are in. An id must not be there already. */
	add(ids: readonly number[], vectors: readonly Float32Array[]): Promise<void>;
	/** Resolves once they are out; ids that are not there are passed over. */
	remove(ids: readonly number[]): Promise<void>;
	/** The `k` nearest as far as the graph finds them, nearest first, with their cosines, a hair off. */
	nearest(
		query: Float32Array,
		k: number,
	): Promise<{ readonly ids: Int32Array<ArrayBuffer>; readonly cosines: Float32Array<ArrayBuffer> }>;
	/** Writes all to its file, in place of what was there; resolves with a digest of the file. */
	save(): Promise<string>;
	/** Puts what its file holds in place of all there is; rejects where the file is not the one of that digest. */
	load(digest: string): Promise<void>;
	dispose(): void;
}
