import type { Folder } from '../folder/folder.ts';
import { visitVectors } from './exactVectors.ts';

/** Passages whose vectors are shared at a time, a megabyte or two. */
const passagesPerShare = 1000;

/** Lets the vectors that a folder's own index has outlive it: made again, it embeds nothing. */
export async function shareVectors({ embedder, store, index, parts }: Folder): Promise<void> {
	if (embedder === undefined || store === undefined) return;
	const { vectors } = index;
	const ids = [...index.passageIds()];
	for (let from = 0; from < ids.length; from += passagesPerShare) {
		const byHash = new Map<string, Float32Array>();
		const part = ids.slice(from, from + passagesPerShare);
		await visitVectors(vectors, store, embedder.model.id, part, (id, vector) => {
			const textHash = index.passage(id)?.textHash;
			if (textHash !== undefined) byHash.set(textHash, vector.slice());
		});
		await parts.vectorCache.put(embedder.model, byHash);
	}
}
