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
