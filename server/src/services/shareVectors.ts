import type { Folder } from './folder.ts';

/** Passages whose vectors are shared at a time, a megabyte or two. */
const passagesPerShare = 1000;

/** Lets the vectors that a folder's own index has outlive it: made again, it embeds nothing. */
export async function shareVectors({ embedder, store, index, vectorCache }: Folder): Promise<void> {
	if (embedder === undefined || store === undefined) return;
	const ids = [...index.passageIds()];
	for (let from = 0; from < ids.length; from += passagesPerShare) {
		const vectors = await store.vectorsOf(embedder.model.id, ids.slice(from, from + passagesPerShare));
		const byHash = [...vectors].flatMap(([id, vector]) => {
			const textHash = index.passage(id)?.textHash;
			return textHash === undefined ? [] : [[textHash, vector] as const];
		});
		await vectorCache.put(embedder.model, new Map(byHash));
	}
}
