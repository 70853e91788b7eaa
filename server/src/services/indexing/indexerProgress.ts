import type { Clock } from '../../ports/system.ts';
import { addCounts, type IndexerCounts, noCounts } from './indexerCounts.ts';

export type IndexerState = 'scanning' | 'reading' | 'embedding' | 'paused' | 'ready';

/** What can be told of an indexer's work: its state, counts and pace. `onProgress` is called when any of it changes. */
export class IndexerProgress {
	readonly #clock: Clock;
	readonly #onProgress: () => void;
	#state: IndexerState = 'scanning';
	#counts: IndexerCounts = noCounts;
	#msPerText: number | undefined;
	#batchMs = 0;

	constructor({ clock, onProgress }: { readonly clock: Clock; readonly onProgress: () => void }) {
		this.#clock = clock;
		this.#onProgress = onProgress;
	}

	get state(): IndexerState {
		return this.#state;
	}

	get counts(): IndexerCounts {
		return this.#counts;
	}

	/** Milliseconds a text, of late. */
	get msPerText(): number | undefined {
		return this.#msPerText;
	}

	/** What the last batch of texts took. */
	get batchMs(): number {
		return this.#batchMs;
	}

	enter(state: IndexerState): void {
		if (this.#state === state) return;
		this.#state = state;
		this.#onProgress();
	}

	count(more: Partial<IndexerCounts>): void {
		this.#counts = addCounts(this.#counts, more);
		this.#onProgress();
	}

	/** Counts texts that were embedded since `beganMs`. */
	countTexts(texts: number, beganMs: number): void {
		if (texts === 0) return;
		this.#batchMs = this.#clock.now() - beganMs;
		const msPerText = this.#batchMs / texts;
		this.#msPerText = this.#msPerText === undefined ? msPerText : 0.8 * this.#msPerText + 0.2 * msPerText;
		this.count({ embedded: texts });
	}

	/** Another model has another pace. */
	forgetPace(): void {
		this.#msPerText = undefined;
	}
}
