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
