import { defaultWeights, type RelatedWeights, readWeights } from '../core/ranking/relatedWeights.ts';
import type { Embedder, IndexStore, NotePath } from '../ports.ts';
import type { FolderStatus, IndexStatus } from '../protocol.ts';
import { FolderIndex } from './folderIndex.ts';
import { Indexer, type IndexerParts } from './indexer.ts';

export interface FolderId {
	readonly uri: string;
	readonly name: string;
}

export interface FolderParts extends Omit<IndexerParts, 'store' | 'index' | 'buffers'> {
	/** Opens the folder's index; throws `UserError` where it can't be had. */
	readonly openStore: () => Promise<OpenedStore>;
	/** Removes the index's files; it must be closed. */
	readonly deleteStore: () => Promise<void>;
	readonly indexFile: string;
	/** What was measured for this folder: outlives rebuilds, and goes with the index. */
	readonly tuning: TuningFile;
}

/** One JSON document beside the index. */
export interface TuningFile {
	/** `undefined` where there is none, or it can't be read. */
	read(): Promise<unknown>;
	/** Replaces it whole. */
	write(document: unknown): Promise<void>;
}

export interface OpenedStore {
	readonly store: IndexStore;
	/** What the user should know of the opening, such as a damaged index set aside. */
	readonly told: string | undefined;
}

/** One workspace folder: its index on disk and in memory, and what keeps them up to date. */
export class Folder {
	readonly id: FolderId;
	readonly #parts: FolderParts;
	readonly #buffers = new Map<NotePath, string>();
	#open: { readonly store: IndexStore; readonly indexer: Indexer } | undefined;
	#index: FolderIndex;
	#state: 'opening' | 'open' | 'off' = 'opening';
	#problem: string | undefined;
	#bytes = 0;
	#bytesAt = -1;
	#relatedWeights = defaultWeights;

	constructor(id: FolderId, parts: FolderParts) {
		this.id = id;
		this.#parts = parts;
		this.#index = new FolderIndex(parts.embedder.model.dimensions);
	}

	/** Opens the index. Throws, and is `off` with the reason, where it can't. */
	async open(): Promise<{ readonly told: string | undefined }> {
		const { openStore, embedder, tuning } = this.#parts;
		this.#state = 'opening';
		try {
			const { store, told } = await openStore();
			try {
				const index = new FolderIndex(embedder.model.dimensions);
				await index.load(store, embedder.model.id);
				this.#relatedWeights = readWeights(await tuning.read()) ?? defaultWeights;
				const indexer = new Indexer({ ...this.#parts, store, index, buffers: this.#buffers });
				this.#index = index;
				this.#open = { store, indexer };
				this.#state = 'open';
				this.#problem = undefined;
				return { told };
			} catch (error) {
				await store.close();
				throw error;
			}
		} catch (error) {
			this.#state = 'off';
			this.#problem = error instanceof Error ? error.message : String(error);
			throw error;
		}
	}

	/** Keeps the open index up to date from now on. */
	follow(): void {
		this.#open?.indexer.start();
		this.#open?.indexer.noteChanged([...this.#buffers.keys()]);
	}

	/** The text on screen of an open note; `undefined` when it is closed, and the file counts again. */
	setBuffer(path: NotePath, text: string | undefined): void {
		if (text === undefined) this.#buffers.delete(path);
		else this.#buffers.set(path, text);
		this.#open?.indexer.noteChanged([path]);
	}

	/** What answers are made from; empty while the index is not open. */
	get index(): FolderIndex {
		return this.#index;
	}

	get store(): IndexStore | undefined {
		return this.#open?.store;
	}

	get indexer(): Indexer | undefined {
		return this.#open?.indexer;
	}

	get embedder(): Embedder {
		return this.#parts.embedder;
	}

	/** Weights of related notes: those measured here, else the ones that come with the program. */
	get relatedWeights(): RelatedWeights {
		return this.#relatedWeights;
	}

	async setRelatedWeights(weights: RelatedWeights): Promise<void> {
		await this.#parts.tuning.write(weights);
		this.#relatedWeights = weights;
	}

	/** Closes and deletes the index; it stays off until it is opened again. */
	async delete(): Promise<void> {
		await this.close();
		this.#index = new FolderIndex(this.#parts.embedder.model.dimensions);
		await this.#parts.deleteStore();
		this.#relatedWeights = defaultWeights;
		this.#problem = 'The index was deleted. “Rebuild Index” makes it again.';
	}

	async close(): Promise<void> {
		const open = this.#open;
		this.#open = undefined;
		this.#state = 'off';
		await open?.indexer.dispose();
		await open?.store.close();
	}

	async status(): Promise<FolderStatus> {
		const { fault } = this.#open?.indexer ?? {};
		const problems = [this.#problem, fault].filter((problem) => problem !== undefined);
		return { ...this.id, indexFile: this.#parts.indexFile, index: await this.#indexStatus(), problems };
	}

	async #indexStatus(): Promise<IndexStatus> {
		const index = this.#index;
		const indexer = this.#open?.indexer;
		const skipped = [...index.notes()].filter(({ skipped }) => skipped !== undefined).length;
		const secondsLeft = indexer?.state === 'embedding' ? indexer.secondsLeft : undefined;
		return {
			state: indexer?.state ?? (this.#state === 'opening' ? 'opening' : 'off'),
			notes: index.noteCount - skipped,
			chunks: index.passageCount,
			embedded: index.vectors.size,
			pendingNotes: indexer?.pendingNotes ?? 0,
			skipped,
			bytes: await this.#sizeBytes(index.version),
			...(secondsLeft === undefined ? {} : { secondsLeft }),
		};
	}

	/** The size on disk can only have changed when the index has. */
	async #sizeBytes(version: number): Promise<number> {
		if (version !== this.#bytesAt && this.#open !== undefined) {
			this.#bytes = await this.#open.store.sizeBytes();
			this.#bytesAt = version;
		}
		return this.#open === undefined ? 0 : this.#bytes;
	}
}
