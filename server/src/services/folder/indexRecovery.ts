import type { StoreFault } from '../../ports/store.ts';
import type { FolderParts, OpenIndex } from './folderParts.ts';

/** How long an index that could not be opened anew is left alone. */
const retryMs = 30_000;

export interface RecoveryParts extends Pick<FolderParts, 'clock' | 'logger' | 'setStoreAside'> {
	/** Opens the index, and follows it if it was followed. */
	readonly open: (follow: boolean) => Promise<void>;
	/** Called with every attempt, which never rejects: who needs the index waits for it. */
	readonly onTry: (attempt: Promise<void>) => void;
}

/**
 * Opens an index anew that had a fault: the notes, and the vectors that all folders share, hold what it held. Where that
 * fails, or was done just now, it is tried later.
 */
export class IndexRecovery {
	readonly #parts: RecoveryParts;
	#retry: NodeJS.Timeout | undefined;
	#isStopped = false;
	#beganAtMs = Number.NEGATIVE_INFINITY;

	constructor(parts: RecoveryParts) {
		this.#parts = parts;
	}

	/** Closes the faulty index, and moves a damaged one out of the way, first. */
	begin(faulty: OpenIndex, fault: StoreFault): void {
		this.#isStopped = false;
		const follow = faulty.isFollowed === true;
		const nowMs = this.#parts.clock.now();
		const isTooSoon = nowMs - this.#beganAtMs < retryMs;
		this.#beganAtMs = nowMs;
		const attempt = this.#close(faulty, fault).then(
			() => (isTooSoon ? this.#tryLater(follow) : this.#try(follow)),
			(error: unknown) => {
				this.#logFailure(error);
				this.#tryLater(follow);
			},
		);
		this.#parts.onTry(attempt);
	}

	/** Nothing is tried any more, until the next fault; an attempt under way goes to its end, and is the last. */
	stop(): void {
		this.#isStopped = true;
		clearTimeout(this.#retry);
	}

	async #close({ closing, indexer, neighbours, store }: OpenIndex, { kind }: StoreFault): Promise<void> {
		closing.abort();
		await indexer.dispose();
		await neighbours.dispose();
		// What can't be closed well is closed all the same.
		await store.close().catch(() => {});
		if (kind === 'damaged') await this.#parts.setStoreAside();
	}

	async #try(follow: boolean): Promise<void> {
		try {
			await this.#parts.open(follow);
		} catch (error) {
			this.#logFailure(error);
			this.#tryLater(follow);
		}
	}

	#tryLater(follow: boolean): void {
		if (this.#isStopped) return;
		this.#retry = setTimeout(() => this.#parts.onTry(this.#try(follow)), retryMs);
		this.#retry.unref();
	}

	#logFailure(error: unknown): void {
		this.#parts.logger.error('The index could not be opened anew', error);
	}
}
