import type { IndexStore } from '../../ports/store.ts';
import type { VectorIndex } from './vectorIndex.ts';

/**
 * Calls `visit` once for each of `ids` that has a vector, in no order: from what is kept at hand, else from the file, else
 * from the store, which is asked by `modelId`. A vector is valid during the call only.
 */
export async function visitVectors(
	vectors: VectorIndex,
	store: Pick<IndexStore, 'vectorsOf'> | undefined,
	modelId: string,
	ids: Iterable<number>,
	visit: (id: number, vector: Float32Array) => void,
): Promise<void> {
	const { exact, file, isSmall } = vectors;
	const missing = new Set<number>();
	for (const id of new Set(ids)) {
		if (!vectors.has(id)) continue;
		const vector = exact.get(id);
		if (vector === undefined) missing.add(id);
		else visit(id, vector);
	}
	await file?.read([...missing], (id, vector) => {
		if (isSmall) exact.set(id, vector.slice());
		missing.delete(id);
		visit(id, vector);
	});
	if (missing.size === 0 || store === undefined) return;
	for (const [id, vector] of await store.vectorsOf(modelId, [...missing])) {
		exact.set(id, vector);
		visit(id, vector);
	}
}
