import type { IndexStore } from '../../ports/store.ts';
import type { CachedModel, VectorCache } from '../../ports/vectorCache.ts';

/** Where vectors are that were made before: those of this folder, and those of all. */
export interface VectorSources {
	readonly store: IndexStore;
	readonly vectorCache: VectorCache;
}

/** Those of `textHashes` that need no model run, by hash; the folder's own index has them all afterwards. */
export async function knownVectors(
	model: CachedModel,
	textHashes: readonly string[],
	{ store, vectorCache }: VectorSources,
): Promise<ReadonlyMap<string, Float32Array>> {
	const own = await store.vectors(model.id, textHashes);
	const missing = textHashes.filter((textHash) => !own.has(textHash));
	const others = await vectorCache.get(model, missing);
	if (others.size === 0) return own;
	await store.putVectors(model.id, others);
	return new Map([...own, ...others]);
}
