import { pathKey } from '../core/indexing/notePath.ts';
import { defaultWeights, type RelatedWeights } from '../core/ranking/relatedWeights.ts';
import type { NoteFiles, NotePath } from '../ports/files.ts';
import type { Embedder } from '../ports/models.ts';
import type { PortableVectors } from '../ports/portableVectors.ts';
import type { IndexStore, StoredPassage, StoreFault } from '../ports/store.ts';
import { UserError } from '../ports/system.ts';
import type { VectorCache } from '../ports/vectorCache.ts';
import type { FolderStatus } from '../protocol/status.ts';
import { checkBlocksAtRest } from './blockCheck.ts';
import { FolderIndex } from './folderIndex.ts';
import type { FolderParts, OpenIndex } from './folderParts.ts';
import { changesRules, type FileChange, notesOf } from './indexing/changedFiles.ts';
import { ChangeGate } from './indexing/changeGate.ts';
import type { Indexer } from './indexing/indexer.ts';
import { Sightings } from './indexing/sightings.ts';
import { IndexRecovery } from './indexRecovery.ts';
import { describeIndex } from './indexStatus.ts';
import type { Neighbours } from './neighbours/neighbours.ts';
import { openIndex } from './openIndex.ts';
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
	#couldNotOpen = false;
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
	open(): Promise<void> {
		this.#recovery.stop();
		const before = this.#opening;
		const opening = (async () => {
			await before?.catch(() => {});
			if (this.#open === undefined) await this.#openIndex();
		})();
		this.#opening = opening;
		return opening;
	}

	async #openIndex(): Promise<void> {
		this.#state = 'opening';
		this.#couldNotOpen = false;
		this.seen.clear();
		try {
			const { open, index, relatedWeights } = await openIndex({
				...{ parts: this.#parts, buffers: this.#buffers, seen: this.seen },
				onFault: (store, fault) => this.#recover(store, fault),
			});
			this.#index.vectors.dispose();
			this.#index = index;
			this.#relatedWeights = relatedWeights;
			this.#open = open;
			this.#state = 'open';
			this.#problem = undefined;
		} catch (error) {
			this.#state = 'off';
			this.#couldNotOpen = true;
			this.#problem = error instanceof Error ? error.message : String(error);
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
			await this.#openIndex();
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

	/** Whether the index is off for a failure to open it, which may pass. */
	get couldNotOpen(): boolean {
		return this.#couldNotOpen;
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
		this.#couldNotOpen = false;
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

	/** The size on disk can only have changed when the index has. */
	async #sizeBytes(version: number): Promise<number> {
		if (version !== this.#bytesAt && this.#open !== undefined) {
			this.#bytes = (await this.#open.store.sizeBytes()) + (this.#index.vectors.file?.bytes ?? 0);
			this.#bytesAt = version;
		}
		return this.#open === undefined ? 0 : this.#bytes;
	}
}
