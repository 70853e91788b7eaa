import { createHash } from 'node:crypto';
import { Slices } from '../../core/slices.ts';
import type { IndexStore, StoredNote } from '../../ports/store.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';

/** Notes that are hashed in one go. */
const batch = 1000;

/**
 * Tells which notes, each in which version, a graph was made of. The store drops the graph with any change of notes; this
 * holds where what was in memory was not what the store had by then.
 */
export async function stampOf(notes: Iterable<StoredNote>, slices: Slices): Promise<string> {
	const hash = createHash('sha256');
	const sorted = [...notes].sort((a, b) => a.id - b.id);
	for (let from = 0; from < sorted.length; from += batch) {
		const lines = sorted
			.slice(from, from + batch)
			.map(({ id, stamp, hash, chunker, title, indexedAtMs }) =>
				JSON.stringify([id, stamp.path, hash, chunker, title, indexedAtMs]),
			);
		hash.update(`${lines.join('\n')}\n`);
		await slices.pause();
	}
	return hash.digest('hex');
}

/**
 * Takes the graph from the store, where it is the one of `notes`, which are all that the index was just filled with. Returns
 * whether it was.
 */
export async function restoreGraph(
	index: FolderIndex,
	store: IndexStore,
	notes: readonly StoredNote[],
): Promise<boolean> {
	const image = await store.graphImage();
	return image !== undefined && index.graph.restore(image, await stampOf(notes, new Slices()));
}

/**
 * Puts the graph into the store, where somebody has asked for it and the store has all its notes; not where notes change
 * meanwhile.
 */
export async function keepGraph(index: FolderIndex, store: IndexStore): Promise<void> {
	const { version } = index;
	if (!index.graph.isMade || index.draftCount > 0 || index.keptGraphVersion === version) return;
	const image = await index.graph.image(await stampOf(index.notes(), new Slices()));
	if (index.version !== version) return;
	if (image !== undefined) await store.putGraphImage(image);
	index.keptGraphVersion = version;
}
