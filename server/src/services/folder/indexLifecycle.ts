import { defaultWeights, type RelatedWeights } from '../../core/ranking/relatedWeights.ts';
import type { IndexStore, StoreFault } from '../../ports/store.ts';
import { UserError } from '../../ports/system.ts';
import { FolderIndex } from './folderIndex.ts';
import type { OpenIndex } from './folderParts.ts';
import { IndexRecovery } from './indexRecovery.ts';
import { type OpeningFolder, openIndex } from './openIndex.ts';

export interface LifecycleParts extends Omit<OpeningFolder, 'onFault'> {
	/** Keeps the index that was opened anew up to date, as the one before it was. */
	readonly follow: () => void;
}

/** The index of one folder as it comes and goes: opened, opened anew after a fault, exchanged, closed, deleted. */
export class IndexLifecycle {
	/** Weights of related notes: those measured here, else the ones that come with the program. */
	relatedWeights: RelatedWeights = defaultWeights;
	readonly #folder: LifecycleParts;
	readonly #recovery: IndexRecovery;
	#open: OpenIndex | undefined;
	#index = new FolderIndex();
	#state: 'opening' | 'open' | 'failed' | 'off' = 'opening';
	#problem: string | undefined;
	/** The last attempt to open it; attempts follow each other, as two at once would take the file from each other. */
	#opening: Promise<unknown> | undefined;

	constructor(folder: LifecycleParts) {
		this.#folder = folder;
		this.#recovery = new IndexRecovery({
			...folder.parts,
			open: (follow) => this.#openAnew(follow),
			onTry: (attempt) => {
				this.#opening = attempt;
			},
		});
	}

	/** What there is only while it is open. */
	get open(): OpenIndex | undefined {
		return this.#open;
	}

	/** What answers are made from; empty before it was opened, and as it was while it is opened anew. */
	get index(): FolderIndex {
		return this.#index;
	}

	get state(): 'opening' | 'open' | 'failed' | 'off' {
		return this.#state;
	}

	/** Why it is not open. */
	get problem(): string | undefined {
		return this.#problem;
	}

	/** Opens it, unless it is open. Throws, and is `failed` with the reason, where it can't. */
	start(): Promise<void> {
		this.#recovery.stop();
		return this.#after(async () => {
			if (this.#open === undefined) await this.#openIndex();
		});
	}

	/**
	 * Closes it while `exchange` puts other files in place, and opens what is there then, even where that failed; what
	 * answers come from stays in memory until then. Returns whether that was damaged, and set aside.
	 */
	reopen(exchange: () => Promise<void>): Promise<boolean> {
		this.#recovery.stop();
		return this.#after(async () => {
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
			const wasDamaged = await this.#openIndex().finally(() => this.#folder.parts.onProgress());
			if (open?.isFollowed === true) this.#folder.follow();
			if (failure !== undefined) throw failure.error;
			return wasDamaged;
		});
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

	/** Closes it, once `detach` has ended what still reads it. */
	async close(detach: () => Promise<void>): Promise<void> {
		this.#recovery.stop();
		// What is half open can't be closed.
		await this.#opening?.catch(() => {});
		const open = this.#open;
		this.#open = undefined;
		this.#state = 'off';
		open?.closing.abort();
		await detach();
		await open?.indexer.dispose();
		await open?.neighbours.dispose();
		this.#index.vectors.dispose();
		await open?.store.close();
	}

	/** Closes and deletes it; it stays off until it is opened again. */
	async delete(detach: () => Promise<void>): Promise<void> {
		await this.close(detach);
		this.#index = new FolderIndex();
		await this.#folder.parts.deleteStore();
		this.relatedWeights = defaultWeights;
		this.#problem = 'The index was deleted. “Rebuild Index” makes it again.';
	}

	#after<T>(run: () => Promise<T>): Promise<T> {
		const before = this.#opening;
		const opening = (async () => {
			await before?.catch(() => {});
			return run();
		})();
		this.#opening = opening;
		return opening;
	}

	/** Returns whether a damaged one was set aside. */
	async #openIndex(): Promise<boolean> {
		this.#state = 'opening';
		this.#folder.seen.clear();
		try {
			const { open, index, relatedWeights, wasDamaged } = await openIndex({
				...this.#folder,
				onFault: (store, fault) => this.#recover(store, fault),
			});
			this.#index.vectors.dispose();
			this.#index = index;
			this.relatedWeights = relatedWeights;
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
		const { logger, onProgress } = this.#folder.parts;
		logger.error(`The index has to be opened anew: ${fault.message}`, fault);
		this.#open = undefined;
		this.#problem = fault.message;
		this.#state = 'off';
		this.#recovery.begin(old, fault);
		onProgress();
	}

	async #openAnew(follow: boolean): Promise<void> {
		try {
			await this.#openIndex();
			if (follow) this.#folder.follow();
		} finally {
			this.#folder.parts.onProgress();
		}
	}
}
