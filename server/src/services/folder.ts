import { defaultWeights, type RelatedWeights, readWeights } from '../core/ranking/relatedWeights.ts';
import type { NotePath } from '../ports/files.ts';
import type { Embedder } from '../ports/models.ts';
import type { IndexStore, StoredPassage } from '../ports/store.ts';
import type { FolderStatus, IndexStatus } from '../protocol/status.ts';
import { FolderIndex } from './folderIndex.ts';
import { Indexer } from './indexing/indexer.ts';
import type { IndexerParts } from './indexing/indexerParts.ts';
import type { VectorThreads } from './vectorIndex.ts';

export interface FolderId {
	readonly uri: string;
	readonly name: string;
}

/** Of the index before it is open, which holds nothing. */
const anyDimensions = 384;

export interface FolderParts extends Omit<IndexerParts, 'store' | 'index' | 'buffers' | 'embedder'> {
	/** The model to answer with, from how many passages each has read. */
	readonly chooseModel: (coverage: ReadonlyMap<string, number>) => Embedder;
	/** Opens the folder's index; throws `UserError` where it can't be had. */
	readonly openStore: () => Promise<OpenedStore>;
	/** Removes the index's files; it must be closed. */
	readonly deleteStore: () => Promise<void>;
	readonly indexFile: string;
	/** Where vectors are scanned that are too many for the server's own thread. */
	readonly vectorThreads: VectorThreads;
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
	#followed: Indexer | undefined;
	#index: FolderIndex;
	#opening: Promise<unknown> | undefined;
	#state: 'opening' | 'open' | 'off' = 'opening';
	#problem: string | undefined;
	#bytes = 0;
	#bytesAt = -1;
	#relatedWeights = defaultWeights;

	constructor(id: FolderId, parts: FolderParts) {
		this.id = id;
		this.#parts = parts;
		this.#index = new FolderIndex(anyDimensions);
	}

	/** Opens the index. Throws, and is `off` with the reason, where it can't. */
	open(): Promise<{ readonly told: string | undefined }> {
		const opening = this.#openIndex();
		this.#opening = opening;
		return opening;
	}

	async #openIndex(): Promise<{ readonly told: string | undefined }> {
		const { openStore, chooseModel, tuning } = this.#parts;
		this.#state = 'opening';
		try {
			const { store, told } = await openStore();
			let index: FolderIndex | undefined;
			try {
				const embedder = chooseModel(await store.coverage());
				index = new FolderIndex(embedder.model.dimensions, this.#parts.vectorThreads);
				await index.load(store, embedder.model.id);
				this.#relatedWeights = readWeights(await tuning.read()) ?? defaultWeights;
				const indexer = new Indexer({ ...this.#parts, embedder, store, index, buffers: this.#buffers });
				this.#index = index;
				this.#open = { store, indexer };
				this.#state = 'open';
				this.#problem = undefined;
				return { told };
			} catch (error) {
				index?.vectors.dispose();
				await store.close();
				throw error;
			}
		} catch (error) {
			this.#state = 'off';
			this.#problem = error instanceof Error ? error.message : String(error);
			throw error;
		}
	}

	/** Whether the open index is kept up to date. */
	get isFollowed(): boolean {
		return this.#open !== undefined && this.#followed === this.#open.indexer;
	}

	/** Why the index is not open, for who asks something of it. */
	async reasonOff(): Promise<string> {
		return (await this.status()).problems[0] ?? 'The index of this folder is not open.';
	}

	/** Keeps the open index up to date from now on. */
	follow(): void {
		this.#followed = this.#open?.indexer;
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

	/** Passages by id, stored or drafted, in no order; those that are gone are left out. */
	async passages(ids: readonly number[]): Promise<readonly StoredPassage[]> {
		const drafts = ids.flatMap((id) => this.#index.draft(id) ?? []);
		const rest = ids.filter((id) => this.#index.draft(id) === undefined);
		return [...drafts, ...((await this.store?.passages(rest)) ?? [])];
	}

	get indexer(): Indexer | undefined {
		return this.#open?.indexer;
	}

	/** The model whose vectors answers come from; `undefined` while the index is not open. */
	get embedder(): Embedder | undefined {
		return this.#open?.indexer.embedder;
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
		this.#index = new FolderIndex(anyDimensions);
		await this.#parts.deleteStore();
		this.#relatedWeights = defaultWeights;
		this.#problem = 'The index was deleted. “Rebuild Index” makes it again.';
	}

	async close(): Promise<void> {
		// What is half open can't be closed.
		await this.#opening?.catch(() => {});
		const open = this.#open;
		this.#open = undefined;
		this.#state = 'off';
		await open?.indexer.dispose();
		this.#index.vectors.dispose();
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
		const next = indexer?.modelSwitch;
		const secondsLeft = indexer?.state === 'embedding' ? indexer.secondsLeft : undefined;
		return {
			state: indexer?.state ?? (this.#state === 'opening' ? 'opening' : 'off'),
			notes: index.noteCount - index.draftCount - skipped,
			chunks: index.passageCount,
			embedded: index.vectors.size,
			pendingNotes: indexer?.pendingNotes ?? 0,
			skipped,
			bytes: await this.#sizeBytes(index.version),
			...(secondsLeft === undefined ? {} : { secondsLeft }),
			...(next === undefined ? {} : { switching: { to: next.embedder.model.id, embedded: next.embedded } }),
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
