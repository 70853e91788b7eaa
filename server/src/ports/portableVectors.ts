/** Vectors in a file of their own, to take along: a folder's, by the hash of the text, without the texts. */
export interface PortableVectors {
	/** Writes the vectors of the folder's passages, whole or not at all; throws `UserError` where it can't. */
	write(
		file: string,
		about: VectorFileOrigin,
		options: { readonly withText: boolean },
	): Promise<WrittenVectors>;
	/** What a file says of itself; throws `UserError` for one that is not of this kind. */
	describe(file: string): Promise<VectorFileOrigin & { readonly vectors: number }>;
	/** Hands over all rows in batches, unchecked; throws `UserError` where they can't be read to the end. */
	read(file: string, onBatch: (rows: readonly VectorFileRow[]) => Promise<void>): Promise<void>;
}

export interface VectorFileOrigin {
	readonly modelId: string;
	readonly dimensions: number;
	/** Version of the chunker that cut the texts. */
	readonly chunker: number;
}

export interface WrittenVectors {
	readonly vectors: number;
	readonly bytes: number;
}

export interface VectorFileRow {
	readonly textHash: string;
	/** `undefined` where it is no list of float32 values. */
	readonly vector: Float32Array | undefined;
}
