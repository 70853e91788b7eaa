import type { JsonDocument } from '../../ports/files.ts';
import type { KeptFile } from '../../ports/keptParts.ts';
import type { Embedder } from '../../ports/models.ts';
import type { IndexPlace } from '../../ports/performance.ts';
import type { PortableVectors } from '../../ports/portableVectors.ts';
import type { IndexStore, StoreFault } from '../../ports/store.ts';
import type { StoreBackups, StoreFile } from '../../ports/storeFile.ts';
import type { TrialBench } from '../../ports/trials.ts';
import type { VectorFiles } from '../../ports/vectors.ts';
import type { WantedServer } from '../graph/graphServer.ts';
import type { Indexer } from '../indexing/indexer.ts';
import type { IndexerParts } from '../indexing/indexerParts.ts';
import type { NeighbourMaker } from '../neighbours/neighbourParts.ts';
import type { Neighbours } from '../neighbours/neighbours.ts';
import type { WantedTeam } from '../team/folderTeam.ts';
import type { VectorThreads } from '../vectors/vectorIndex.ts';
import type { BlockCheckTimes } from './blockCheck.ts';

export interface FolderParts extends Omit<IndexerParts, 'store' | 'index' | 'buffers' | 'embedder' | 'seen'> {
	/** The model to answer with, from how many passages each has read. */
	readonly chooseModel: (coverage: ReadonlyMap<string, number>) => Embedder;
	/** Opens the folder's index, a damaged one anew, which the user is told of; throws `UserError` where it can't be had. */
	readonly openStore: (onFault: (fault: StoreFault) => void) => Promise<OpenedStore>;
	/** Moves the closed index's file out of the way and keeps it, and tells the user. */
	readonly setStoreAside: () => Promise<void>;
	readonly blockCheck: BlockCheckTimes;
	/** Removes the index's files; it must be closed. */
	readonly deleteStore: () => Promise<void>;
	readonly indexFile: string;
	/** Its directory, for who watches; nothing is kept or told of it without. */
	readonly place?: IndexPlace;
	/** Where vectors are scanned that are too many for the server's own thread. */
	readonly vectorThreads: VectorThreads;
	/** Where exact vectors are kept for reading one by one; without it they come from the store. */
	readonly vectorFiles?: VectorFiles;
	/** Where what is made of passages is kept; without it all of it is made at every opening. */
	readonly keptPassages?: KeptFile;
	/** Whether it is kept before the folder is closed, by who does not rest: a command that ends once it is done. */
	readonly keepsAtEnd?: boolean;
	/** Makes the graphs that the settings may want for them. */
	readonly neighbours: NeighbourMaker;
	/** The graph server that the settings want for it; left out there is none. */
	readonly remoteGraph?: () => WantedServer | undefined;
	/** The server that its notes may be shared on; left out there is none. */
	readonly remoteTeam?: () => WantedTeam | undefined;
	/** Whether both are kept in step as long as the folder is; else only when somebody asks for it. */
	readonly keepsRemoteGraph?: boolean;
	/** What was measured for this folder: outlives rebuilds, and goes with the index. */
	readonly tuning: JsonDocument;
	/** Benchmarks that were run, oldest first. */
	readonly benchmarks: JsonDocument;
	readonly backups: StoreBackups;
	/** What other settings are tried with; none are without it. */
	readonly trials?: TrialBench;
	/** When the index was tended last. */
	readonly upkeep: JsonDocument;
}

export interface OpenedStore {
	readonly store: IndexStore;
	/** What the store is kept in. */
	readonly storeFile: StoreFile;
	/** Takes vectors out of the store into files, and reads such files. */
	readonly portableVectors: PortableVectors;
	/** Whether a damaged one stood in its place, and was set aside. */
	readonly wasDamaged?: boolean;
}

/** What a folder has while its index is open. */
export interface OpenIndex extends Pick<OpenedStore, 'store' | 'storeFile' | 'portableVectors'> {
	readonly neighbours: Neighbours;
	readonly indexer: Indexer;
	/** Aborted when it is closed. */
	readonly closing: AbortController;
	isFollowed?: boolean;
}
