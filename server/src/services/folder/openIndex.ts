import { defaultWeights, type RelatedWeights, readWeights } from '../../core/ranking/relatedWeights.ts';
import type { NotePath } from '../../ports/files.ts';
import { type IndexStore, StoreFault } from '../../ports/store.ts';
import { Indexer } from '../indexing/indexer.ts';
import type { Sightings } from '../indexing/sightings.ts';
import { Neighbours } from '../neighbours/neighbours.ts';
import { FolderIndex } from './folderIndex.ts';
import type { FolderParts, OpenIndex } from './folderParts.ts';

/** What of a folder outlives its index. */
export interface OpeningFolder {
	readonly parts: FolderParts;
	/** Texts on screen. */
	readonly buffers: ReadonlyMap<NotePath, string>;
	readonly seen: Sightings;
	/** Called with a fault that the store finds in itself later. */
	readonly onFault: (store: IndexStore, fault: StoreFault) => void;
}

export interface OpenedIndex {
	readonly open: OpenIndex;
	readonly index: FolderIndex;
	readonly relatedWeights: RelatedWeights;
	/** Whether a damaged one stood in its place, and was set aside. */
	readonly wasDamaged: boolean;
}

/** Opens the index of a folder; a damaged one is set aside, and a new one begun. Throws where neither can be. */
export async function openIndex(folder: OpeningFolder): Promise<OpenedIndex> {
	try {
		return await load(folder);
	} catch (error) {
		if (!(error instanceof StoreFault && error.kind === 'damaged')) throw error;
		await folder.parts.setStoreAside();
		return { ...(await load(folder)), wasDamaged: true };
	}
}

async function load({ parts, buffers, seen, onFault }: OpeningFolder): Promise<OpenedIndex> {
	const { openStore, chooseModel, tuning, vectorThreads, vectorFiles, keptPassages } = parts;
	const {
		store,
		storeFile,
		portableVectors,
		wasDamaged = false,
	} = await openStore((fault) => onFault(store, fault));
	let index: FolderIndex | undefined;
	try {
		const embedder = chooseModel(await store.coverage());
		index = new FolderIndex(embedder.model, vectorThreads, vectorFiles);
		await index.load(store, embedder.model.id, keptPassages);
		const relatedWeights = readWeights(await tuning.read()) ?? defaultWeights;
		const indexer = new Indexer({ ...parts, embedder, store, index, buffers, seen });
		const neighbours = openNeighbours(parts, index, store, indexer);
		const open = { store, storeFile, portableVectors, indexer, neighbours, closing: new AbortController() };
		return { open, index, relatedWeights, wasDamaged };
	} catch (error) {
		index?.vectors.dispose();
		await store.close().catch(() => {});
		throw error;
	}
}

function openNeighbours(
	{ settings, logger, onProgress, neighbours: maker }: FolderParts,
	index: FolderIndex,
	store: IndexStore,
	indexer: Indexer,
): Neighbours {
	const model = () => indexer.embedder.model;
	const neighbours = new Neighbours({
		...{ index, store, model, settings, maker, logger },
		onChanged: onProgress,
	});
	index.follower = neighbours;
	return neighbours;
}
