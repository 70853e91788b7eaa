import { pathKey } from '../core/indexing/notePath.ts';
import { defaultWeights, type RelatedWeights, readWeights } from '../core/ranking/relatedWeights.ts';
import type { NoteFiles, NotePath } from '../ports/files.ts';
import type { Embedder } from '../ports/models.ts';
import type { IndexPlace } from '../ports/performance.ts';
import type { PortableVectors } from '../ports/portableVectors.ts';
import { type IndexStore, type StoredPassage, StoreFault } from '../ports/store.ts';
import { UserError } from '../ports/system.ts';
import type { VectorCache } from '../ports/vectorCache.ts';
import type { FolderStatus } from '../protocol/status.ts';
import { checkBlocksAtRest } from './blockCheck.ts';
import { FolderIndex } from './folderIndex.ts';
import type { FolderParts, OpenIndex } from './folderParts.ts';
import { changesRules, type FileChange, notesOf } from './indexing/changedFiles.ts';
import { ChangeGate } from './indexing/changeGate.ts';
import { Indexer } from './indexing/indexer.ts';
import { Sightings } from './indexing/sightings.ts';
import { IndexRecovery } from './indexRecovery.ts';
import { describeIndex } from './indexStatus.ts';
import { Neighbours } from './neighbours/neighbours.ts';
import { shareVectors } from './shareVectors.ts';

export interface FolderId {
	readonly uri: string;
	readonly name: string;
}

/** One workspace folder: its index on disk and in memory, and what keeps them up to date. */
export class Folder {
	readonly id: FolderId;
	/** What the ledger tells besides what is stored. */
	readonly seen: Sightings = new Sightings();
	readonly #parts: FolderParts;
	readonly #buffers = new Map<NotePath, string>();
	#open: OpenIndex | undefined;
	#index: FolderIndex;
	readonly #gate = new ChangeGate(() => this.#open?.indexer);
	#opening: Promise<unknown> | undefined;
	readonly #recovery: IndexRecovery;
	#state: 'opening' | 'open' | 'off' = 'opening';
	#problem: string | undefined;
	#bytes = 0;
	#bytesAt = -1;
	#relatedWeights = defaultWeights;

	constructor(id: FolderId, parts: FolderParts) {
		this.id = id;
		this.#parts = parts;
		this.#index = new FolderIndex();
		this.#recovery = new IndexRecovery({
			...parts,
			open: (follow) => this.#openAnew(follow),
			onTry: (attempt) => {
				this.#opening = attempt;
			},
		});
	}

	/**
	 * Opens the index, unless it is open. Throws, and is `off` with the reason, where it can't. Attempts follow each other:
	 * two at once would take the file from each other.
	 */
	open(): Promise<{ readonly told: string | undefined }> {
		this.#recovery.stop();
		const before = this.#opening;
		const opening = (async () => {
			await before?.catch(() => {});
			return this.#open === undefined ? this.#openIndex() : { told: undefined };
		})();
		this.#opening = opening;
		return opening;
	}

	/** A damaged index is set aside, and a new one begun. */
	async #openIndex(): Promise<{ readonly told: string | undefined }> {
		this.#state = 'opening';
		this.seen.clear();
		try {
			try {
				return await this.#load();
			} catch (error) {
				if (!(error instanceof StoreFault && error.kind === 'damaged')) throw error;
				const told = await this.#parts.setStoreAside();
				await this.#load();
				return { told };
			}
		} catch (error) {
			this.#state = 'off';
			this.#problem = error instanceof Error ? error.message : String(error);
			throw error;
		}
	}

	async #load(): Promise<{ readonly told: string | undefined }> {
		const { openStore, chooseModel, tuning } = this.#parts;
		const { store, portableVectors, told } = await openStore((fault) => void this.#recover(store, fault));
		let index: FolderIndex | undefined;
		try {
			const embedder = chooseModel(await store.coverage());
			index = new FolderIndex(embedder.model, this.#parts.vectorThreads, this.#parts.vectorFiles);
			await index.load(store, embedder.model.id);
			this.#relatedWeights = readWeights(await tuning.read()) ?? defaultWeights;
			const indexer = new Indexer({
				...this.#parts,
				...{ embedder, store, index, buffers: this.#buffers, seen: this.seen },
			});
			const neighbours = this.#openNeighbours(index, store, indexer);
			this.#index.vectors.dispose();
			this.#index = index;
			this.#open = { store, portableVectors, indexer, neighbours, closing: new AbortController() };
			this.#state = 'open';
			this.#problem = undefined;
			return { told };
		} catch (error) {
			index?.vectors.dispose();
			await store.close().catch(() => {});
			throw error;
		}
	}

	/** Opens the index anew after a fault of its file, a damaged one from the start. */
	#recover(store: IndexStore, fault: StoreFault): void {
		const old = this.#open;
		if (old?.store !== store) return;
		this.#parts.logger.error(`The index has to be opened anew: ${fault.message}`, fault);
		this.#open = undefined;
		this.#problem = fault.message;
		this.#state = 'off';
		this.#recovery.begin(old, fault);
		this.#parts.onProgress();
	}

	async #openAnew(follow: boolean): Promise<void> {
		try {
			const { told } = await this.#openIndex();
			if (told !== undefined) this.#parts.onTold(told);
			if (follow) this.follow();
		} finally {
			this.#parts.onProgress();
		}
	}

	/** Resolves when indexing has nothing left to do, or can't go on; throws where the index is off. */
	async whenIdle(): Promise<void> {
		for (;;) {
			const opening = this.#opening;
			await opening?.catch(() => {});
			// It may have begun to be opened anew since.
			if (this.#opening !== opening) continue;
			const open = this.#open;
			if (open === undefined) throw new UserError(this.#problem ?? 'The index is not open.');
			await open.indexer.whenIdle();
			if (this.#open === open) return;
		}
	}

	/** Whether the open index is kept up to date. */
	get isFollowed(): boolean {
		return this.#open?.isFollowed === true;
	}

	/** Why the index is not open, for who asks something of it. */
	reasonOff(): string {
		return this.#problem ?? 'The index of this folder is not open.';
	}

	/** Keeps the open index up to date from now on. */
	follow(): void {
		const open = this.#open;
		if (open === undefined) return;
		open.isFollowed = true;
		open.indexer.start();
		open.indexer.noteChanged([...this.#buffers.keys()]);
		const { clock, blockCheck, logger } = this.#parts;
		checkBlocksAtRest(open.store, open.indexer, clock, blockCheck, open.closing.signal).catch(
			(error: unknown) => {
				if (!open.closing.signal.aborted) logger.error('The index could not be checked', error);
			},
		);
	}

	/** The text on screen of an open note; `undefined` when it is closed, and the file counts again. */
	setBuffer(path: NotePath, text: string | undefined): void {
		if (text === undefined) this.#buffers.delete(pathKey(path));
		else this.#buffers.set(pathKey(path), text);
		this.#open?.indexer.noteChanged([path]);
	}

	/** Files and folders that were made, changed, removed or renamed (both names). */
	filesChanged(changes: readonly FileChange[]): void {
		if (changes.some(changesRules)) this.indexer?.rescan();
		this.#gate.add(notesOf(changes, this.#index));
	}

	/** The notes as files. */
	get files(): NoteFiles {
		return this.#parts.files;
	}

	/** What answers are made from; empty while the index is not open. */
	get index(): FolderIndex {
		return this.#index;
	}

	get store(): IndexStore | undefined {
		return this.#open?.store;
	}

	get portableVectors(): PortableVectors | undefined {
		return this.#open?.portableVectors;
	}

	/** The directory of the open index. */
	get place(): IndexPlace | undefined {
		return this.#open === undefined ? undefined : this.#parts.place;
	}

	get vectorCache(): VectorCache {
		return this.#parts.vectorCache;
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

	/** Finds the nearest passages where the settings want a graph; `undefined` while the index is not open. */
	get neighbours(): Neighbours | undefined {
		return this.#open?.neighbours;
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
		await shareVectors(this).catch((error: unknown) => {
			this.#parts.logger.error('The vectors of a deleted index could not be kept', error);
		});
		await this.close();
		this.#index = new FolderIndex();
		await this.#parts.deleteStore();
		this.#relatedWeights = defaultWeights;
		this.#problem = 'The index was deleted. “Rebuild Index” makes it again.';
	}

	async close(): Promise<void> {
		this.#recovery.stop();
		// What is half open can't be closed.
		await this.#opening?.catch(() => {});
		const open = this.#open;
		this.#gate.dispose();
		this.#open = undefined;
		this.#state = 'off';
		open?.closing.abort();
		await open?.indexer.dispose();
		await open?.neighbours.dispose();
		this.#index.vectors.dispose();
		await open?.store.close();
	}

	async status(): Promise<FolderStatus> {
		const bytes = await this.#sizeBytes(this.#index.version);
		const { indexer, neighbours } = this.#open ?? {};
		const problems = [this.#problem, indexer?.fault, neighbours?.problem].filter(
			(problem) => problem !== undefined,
		);
		const index = describeIndex({
			...{ index: this.#index, indexer, neighbours, bytes },
			isOpening: this.#state === 'opening',
		});
		return { ...this.id, indexFile: this.#parts.indexFile, index, problems };
	}

	#openNeighbours(index: FolderIndex, store: IndexStore, indexer: Indexer): Neighbours {
		const { settings, logger, onProgress, neighbours: maker } = this.#parts;
		const model = () => indexer.embedder.model;
		const neighbours = new Neighbours({
			...{ index, store, model, settings, maker, logger },
			onChanged: onProgress,
		});
		index.follower = neighbours;
		return neighbours;
	}

	/** The size on disk can only have changed when the index has. */
	async #sizeBytes(version: number): Promise<number> {
		if (version !== this.#bytesAt && this.#open !== undefined) {
			this.#bytes = (await this.#open.store.sizeBytes()) + (this.#index.vectors.file?.bytes ?? 0);
			this.#bytesAt = version;
		}
		return this.#open === undefined ? 0 : this.#bytes;
	}
}
