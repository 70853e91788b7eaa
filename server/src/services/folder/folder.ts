import type { RelatedWeights } from '../../core/ranking/relatedWeights.ts';
import type { NotePath } from '../../ports/files.ts';
import type { Embedder } from '../../ports/models.ts';
import type { IndexPlace } from '../../ports/performance.ts';
import type { PortableVectors } from '../../ports/portableVectors.ts';
import type { IndexStore, StoredPassage } from '../../ports/store.ts';
import type { StoreFile } from '../../ports/storeFile.ts';
import type { FolderStatus } from '../../protocol/status.ts';
import { FolderGraphServer } from '../graph/folderGraphServer.ts';
import { keepGraph } from '../graph/keptGraph.ts';
import type { FileChange } from '../indexing/changedFiles.ts';
import type { Indexer } from '../indexing/indexer.ts';
import { Sightings } from '../indexing/sightings.ts';
import { maintainAtRest } from '../maintenance/maintainAtRest.ts';
import type { Neighbours } from '../neighbours/neighbours.ts';
import { FolderTeam } from '../team/folderTeam.ts';
import { IndexedTeamNotes } from '../team/teamSource.ts';
import { shareVectors } from '../vectors/shareVectors.ts';
import type { FolderIndex } from './folderIndex.ts';
import type { FolderParts, OpenIndex } from './folderParts.ts';
import { FollowedChanges } from './followedChanges.ts';
import { IndexLifecycle } from './indexLifecycle.ts';
import { IndexSize } from './indexSize.ts';
import { describeIndex } from './indexStatus.ts';
import { type Keeper, keepAtRest } from './keepAtRest.ts';
import { keepPassages } from './keepPassages.ts';

/** Keeping all of it after every pause in writing notes would be too often. */
const keepRestMs = 30_000;

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
	/** What the folder is made of, for who tends it. */
	readonly parts: FolderParts;
	readonly #changes: FollowedChanges;
	readonly #lifecycle: IndexLifecycle;
	readonly #size = new IndexSize();
	/** Resolves once nothing of the index is being kept. */
	#kept: () => Promise<void> = async () => {};

	constructor(id: FolderId, parts: FolderParts) {
		this.id = id;
		this.parts = parts;
		const index = () => this.index;
		this.#changes = new FollowedChanges({ ...parts, open: () => this.#lifecycle.open, index });
		this.#lifecycle = new IndexLifecycle({
			...{ parts, seen: this.seen, buffers: this.#changes.buffers },
			follow: () => this.follow(),
		});
		const isRead = () => this.indexer?.state !== 'scanning' && this.indexer?.pendingNotes === 0;
		this.graphServer = new FolderGraphServer({ ...parts, index, isRead });
		const source = new IndexedTeamNotes({
			index,
			store: () => this.store,
			modelId: () => this.embedder?.model.id,
			hidden: () => parts.settings()['search.exclude'],
		});
		this.team = new FolderTeam({ ...parts, source, isRead });
	}

	/** Opens the index, unless it is open. Throws, and is off with the reason, where it can't. */
	open(): Promise<void> {
		return this.#lifecycle.start();
	}

	/** See `IndexLifecycle.reopen`. */
	reopen(exchange: () => Promise<void>): Promise<boolean> {
		return this.#lifecycle.reopen(exchange);
	}

	/** Resolves when indexing has nothing left to do, or can't go on; throws where the index is off. */
	whenIdle(): Promise<void> {
		return this.#lifecycle.whenIdle();
	}

	/** Whether the open index is kept up to date. */
	get isFollowed(): boolean {
		return this.#lifecycle.open?.isFollowed === true;
	}

	/** Whether the index is off for a failure to open it, which may pass. */
	get couldNotOpen(): boolean {
		return this.#lifecycle.state === 'failed';
	}

	/** Why the index is not open, for who asks something of it. */
	reasonOff(): string {
		return this.#lifecycle.problem ?? 'The index of this folder is not open.';
	}

	/** Keeps the open index up to date from now on. */
	follow(): void {
		const { open, index } = this.#lifecycle;
		if (open === undefined) return;
		this.graphServer.follow();
		this.team.follow();
		this.#changes.follow();
		maintainAtRest(this, open.indexer, open.closing.signal);
		const { indexer, closing } = open;
		const keepers = this.#keepers(open);
		this.#kept = keepAtRest({ index, indexer }, keepers, keepRestMs, this.parts.logger, closing.signal);
	}

	/** The text on screen of an open note; `undefined` when it is closed, and the file counts again. */
	setBuffer(path: NotePath, text: string | undefined): void {
		this.#changes.setBuffer(path, text);
	}

	/** Files and folders that were made, changed, removed or renamed (both names). */
	filesChanged(changes: readonly FileChange[]): void {
		this.#changes.filesChanged(changes);
	}

	/** What answers are made from; empty before the index was opened, and as it was while it is opened anew. */
	get index(): FolderIndex {
		return this.#lifecycle.index;
	}

	get store(): IndexStore | undefined {
		return this.#lifecycle.open?.store;
	}

	get storeFile(): StoreFile | undefined {
		return this.#lifecycle.open?.storeFile;
	}

	get portableVectors(): PortableVectors | undefined {
		return this.#lifecycle.open?.portableVectors;
	}

	/** The directory of the open index. */
	get place(): IndexPlace | undefined {
		return this.#lifecycle.open === undefined ? undefined : this.parts.place;
	}

	/** Passages by id, stored or drafted, in no order; those that are gone are left out. */
	async passages(ids: readonly number[]): Promise<readonly StoredPassage[]> {
		const drafts = ids.flatMap((id) => this.index.draft(id) ?? []);
		const rest = ids.filter((id) => this.index.draft(id) === undefined);
		return [...drafts, ...((await this.store?.passages(rest)) ?? [])];
	}

	get indexer(): Indexer | undefined {
		return this.#lifecycle.open?.indexer;
	}

	/** The model whose vectors answers come from; `undefined` while the index is not open. */
	get embedder(): Embedder | undefined {
		return this.#lifecycle.open?.indexer.embedder;
	}

	/** Finds the nearest passages where the settings want a graph; `undefined` while the index is not open. */
	get neighbours(): Neighbours | undefined {
		return this.#lifecycle.open?.neighbours;
	}

	/** Weights of related notes: those measured here, else the ones that come with the program. */
	get relatedWeights(): RelatedWeights {
		return this.#lifecycle.relatedWeights;
	}

	async setRelatedWeights(weights: RelatedWeights): Promise<void> {
		await this.parts.tuning.write(weights);
		this.#lifecycle.relatedWeights = weights;
	}

	/** Closes and deletes the index; it stays off until it is opened again. */
	async delete(): Promise<void> {
		await shareVectors(this).catch((error: unknown) => {
			this.parts.logger.error('The vectors of a deleted index could not be kept', error);
		});
		await this.#lifecycle.delete(() => this.#detach());
	}

	async close(): Promise<void> {
		const { open } = this.#lifecycle;
		if (this.parts.keepsAtEnd === true && open?.isFollowed === true && open.indexer.state === 'ready') {
			await this.#kept();
			for (const { keep } of this.#keepers(open)) await keep(open.closing.signal).catch(() => {});
		}
		await this.#lifecycle.close(() => this.#detach());
	}

	async status(): Promise<FolderStatus> {
		const bytes = await this.#size.of(this.store, this.index, this.parts.keptPassages);
		const { open, index, state, problem } = this.#lifecycle;
		const { indexer, neighbours } = open ?? {};
		const present = (problems: readonly (string | undefined)[]) =>
			problems.filter((each) => each !== undefined);
		const serverProblems = present([this.graphServer.problem, this.team.problem]);
		const problems = [...present([problem, indexer?.fault, neighbours?.problem]), ...serverProblems];
		const graphServer = this.graphServer.state === undefined ? {} : { graphServer: this.graphServer.state };
		const team = this.team.state === undefined ? {} : { team: this.team.state };
		return {
			...{ ...this.id, indexFile: this.parts.indexFile, problems, serverProblems, ...graphServer, ...team },
			index: describeIndex({ index, indexer, neighbours, bytes, isOpening: state === 'opening' }),
		};
	}

	/** What opening the index again need not make again. */
	#keepers({ store }: OpenIndex): readonly Keeper[] {
		const { index } = this;
		return [
			{ what: 'The graph of links', keep: () => keepGraph(index, store) },
			{
				what: 'The index of passages',
				keep: (signal) => keepPassages(index, store, this.parts.keptPassages, signal),
			},
		];
	}

	/** Ends what follows the index from outside. */
	async #detach(): Promise<void> {
		this.#changes.close();
		await Promise.all([this.graphServer.close(), this.team.close(), this.#kept()]);
	}
}
