import { defaultWeights, type RelatedWeights } from '../../core/ranking/relatedWeights.ts';
import type { NoteFiles, NotePath } from '../../ports/files.ts';
import type { Embedder } from '../../ports/models.ts';
import type { IndexPlace } from '../../ports/performance.ts';
import type { PortableVectors } from '../../ports/portableVectors.ts';
import type { IndexStore, StoredPassage, StoreFault } from '../../ports/store.ts';
import type { StoreFile } from '../../ports/storeFile.ts';
import { UserError } from '../../ports/system.ts';
import type { VectorCache } from '../../ports/vectorCache.ts';
import type { FolderStatus } from '../../protocol/status.ts';
import { FolderGraphServer } from '../graph/folderGraphServer.ts';
import { keepGraphAtRest } from '../graph/keptGraph.ts';
import type { FileChange } from '../indexing/changedFiles.ts';
import type { Indexer } from '../indexing/indexer.ts';
import { Sightings } from '../indexing/sightings.ts';
import { maintainAtRest } from '../maintenance/maintainAtRest.ts';
import type { Neighbours } from '../neighbours/neighbours.ts';
import { FolderTeam } from '../team/folderTeam.ts';
import { IndexedTeamNotes } from '../team/teamSource.ts';
import { shareVectors } from '../vectors/shareVectors.ts';
import { FolderIndex } from './folderIndex.ts';
import type { FolderParts, OpenIndex } from './folderParts.ts';
import { FollowedChanges } from './followedChanges.ts';
import { IndexRecovery } from './indexRecovery.ts';
import { IndexSize } from './indexSize.ts';
import { describeIndex } from './indexStatus.ts';
import { openIndex } from './openIndex.ts';

/** Writing the graph after every pause in writing notes would be too often. */
const graphRestMs = 30_000;

export interface FolderId {
	readonly uri: string;
	readonly name: string;
}

/** One workspace folder: its index on disk and in memory, and what keeps them up to date. */
export class Folder {
	readonly id: FolderId;
	/** What the ledger tells besides what is stored. */
	readonly seen: Sightings = new Sightings();
	readonly graphServer: FolderGraphServer;
	readonly team: FolderTeam;
	readonly #parts: FolderParts;
	#open: OpenIndex | undefined;
	#index = new FolderIndex();
	readonly #changes: FollowedChanges;
	#opening: Promise<unknown> | undefined;
	readonly #recovery: IndexRecovery;
	#state: 'opening' | 'open' | 'failed' | 'off' = 'opening';
	#problem: string | undefined;
	readonly #size = new IndexSize();
	#relatedWeights = defaultWeights;

	constructor(id: FolderId, parts: FolderParts) {
		this.id = id;
		this.#parts = parts;
		this.#changes = new FollowedChanges({ ...parts, open: () => this.#open, index: () => this.#index });
		const isRead = () => this.indexer?.state !== 'scanning' && this.indexer?.pendingNotes === 0;
		this.graphServer = new FolderGraphServer({ ...parts, index: () => this.#index, isRead });
		const source = new IndexedTeamNotes({
			index: () => this.#index,
			store: () => this.store,
			modelId: () => this.embedder?.model.id,
			hidden: () => parts.settings()['search.exclude'],
		});
		this.team = new FolderTeam({ ...parts, source, isRead });
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

	/** Returns whether a damaged one was set aside. */
	async #openIndex(): Promise<boolean> {
		this.#state = 'opening';
		this.seen.clear();
		try {
			const { open, index, relatedWeights, wasDamaged } = await openIndex({
				...{ parts: this.#parts, buffers: this.#changes.buffers, seen: this.seen },
				onFault: (store, fault) => this.#recover(store, fault),
			});
			this.#index.vectors.dispose();
			this.#index = index;
			this.#relatedWeights = relatedWeights;
			this.#open = open;
			this.#state = 'open';
			this.#problem = undefined;
			return wasDamaged;
		} catch (error) {
			this.#state = 'failed';
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

	/**
	 * Closes the index while `exchange` puts other files in place, and opens what is there then, even where that failed;
	 * what answers come from stays in memory until then. Returns whether that was damaged, and set aside.
	 */
	async reopen(exchange: () => Promise<void>): Promise<boolean> {
		this.#recovery.stop();
		const before = this.#opening;
		const opening = (async () => {
			await before?.catch(() => {});
			const open = this.#open;
			this.#open = undefined;
			open?.closing.abort();
			await open?.indexer.dispose();
			await open?.neighbours.dispose();
			await open?.store.close();
			const failure = await exchange().then(
				() => undefined,
				(error: unknown) => ({ error }),
			);
			const wasDamaged = await this.#openIndex().finally(() => this.#parts.onProgress());
			if (open?.isFollowed === true) this.follow();
			if (failure !== undefined) throw failure.error;
			return wasDamaged;
		})();
		this.#opening = opening;
		return opening;
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
		return this.#state === 'failed';
	}

	/** Why the index is not open, for who asks something of it. */
	reasonOff(): string {
		return this.#problem ?? 'The index of this folder is not open.';
	}

	/** Keeps the open index up to date from now on. */
	follow(): void {
		const open = this.#open;
		if (open === undefined) return;
		this.graphServer.follow();
		this.team.follow();
		this.#changes.follow();
		maintainAtRest(this, open.indexer, open.closing.signal);
		const kept = { index: this.#index, store: open.store, indexer: open.indexer };
		keepGraphAtRest(kept, graphRestMs, this.#parts.logger, open.closing.signal);
	}

	/** The text on screen of an open note; `undefined` when it is closed, and the file counts again. */
	setBuffer(path: NotePath, text: string | undefined): void {
		this.#changes.setBuffer(path, text);
	}

	/** Files and folders that were made, changed, removed or renamed (both names). */
	filesChanged(changes: readonly FileChange[]): void {
		this.#changes.filesChanged(changes);
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

	get storeFile(): StoreFile | undefined {
		return this.#open?.storeFile;
	}

	/** What the folder is made of, for who tends it. */
	get parts(): FolderParts {
		return this.#parts;
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
		this.#changes.close();
		this.#open = undefined;
		this.#state = 'off';
		open?.closing.abort();
		await Promise.all([this.graphServer.close(), this.team.close()]);
		await open?.indexer.dispose();
		await open?.neighbours.dispose();
		this.#index.vectors.dispose();
		await open?.store.close();
	}

	async status(): Promise<FolderStatus> {
		const bytes = await this.#size.of(this.#open?.store, this.#index);
		const { indexer, neighbours } = this.#open ?? {};
		const present = (problems: readonly (string | undefined)[]) =>
			problems.filter((problem) => problem !== undefined);
		const serverProblems = present([this.graphServer.problem, this.team.problem]);
		const problems = [...present([this.#problem, indexer?.fault, neighbours?.problem]), ...serverProblems];
		const index = describeIndex({
			...{ index: this.#index, indexer, neighbours, bytes },
			isOpening: this.#state === 'opening',
		});
		const { state } = this.graphServer;
		const graphServer = state === undefined ? {} : { graphServer: state };
		const team = this.team.state === undefined ? {} : { team: this.team.state };
		const said = { problems, serverProblems };
		return { ...this.id, indexFile: this.#parts.indexFile, index, ...said, ...graphServer, ...team };
	}
}
