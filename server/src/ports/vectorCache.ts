import type { EmbeddingModel } from './models.ts';

/**
 * Vectors of texts that any index of this user has had read: a second copy of a text costs no model run. It may
 * forget at any time, and never fails: what it can't read it does not have, what it can't write it drops.
 */
export interface VectorCache {
	/** Those of `textHashes` whose vector of this model is known, by hash. */
	get(model: CachedModel, textHashes: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
	/** Keeps vectors of this model, by the hash of their text. */
	put(model: CachedModel, vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
	/** Why nothing is kept, when it should be. */
	readonly problem: string | undefined;
	dispose(): Promise<void>;
}

export type CachedModel = Pick<EmbeddingModel, 'id' | 'dimensions'>;
