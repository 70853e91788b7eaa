import type { IndexStore } from '../../ports/store.ts';
import type { OnVectors } from '../../ports/vectors.ts';
import type { VectorIndex } from './vectorIndex.ts';

/** So many that a file lacks are looked up one by one; of more, all are read. */
const fewMissing = 1000;

/** What passages there are, and what each says. */
interface Texts {
	passage(id: number): { readonly textHash: string } | undefined;
}

/**
 * Fills an empty index with the vectors that `store` has of `modelId`: from its file as far as that agrees with the
 * store, and the rest from the store, which the file is then given. So it is again should the thread that scans end.
 */
export async function loadVectors(
	vectors: VectorIndex,
	store: IndexStore,
	modelId: string,
	texts: Texts,
): Promise<void> {
	const { file } = vectors;
	const take: OnVectors = (ids, batch) => {
		for (const [at, vector] of batch.entries()) vectors.set(ids[at]!, vector);
	};
	vectors.onThreadDeath((visit) => store.passageVectors(modelId, visit));
	const stored = await store.embeddedPassages(modelId);
	const isStored = new Set(stored);
	await file?.load((id) => (isStored.has(id) ? texts.passage(id)?.textHash : undefined), take);
	const missing = [...stored].filter((id) => !vectors.has(id) && texts.passage(id) !== undefined);
	if (missing.length === 0) return;
	const takeMissing: OnVectors = (ids, batch) => {
		const rows = batch.flatMap((vector, at) => {
			const id = ids[at]!;
			const textHash = texts.passage(id)?.textHash;
			return textHash === undefined || vectors.has(id) ? [] : [{ id, textHash, vector }];
		});
		for (const { id, vector } of rows) vectors.set(id, vector);
		file?.add(rows);
	};
	if (missing.length > fewMissing) return store.passageVectors(modelId, takeMissing);
	const found = await store.vectorsOf(modelId, missing);
	takeMissing(Int32Array.from(found.keys()), [...found.values()]);
}
