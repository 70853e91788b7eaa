import type { Embedder } from '../../ports/models.ts';
import type { IndexerParts } from '../indexing/indexerParts.ts';
import { ModelSwitch } from './modelSwitch.ts';

/** The model whose vectors a folder is answered from, and the one that is to take over. */
export class FolderModel {
	readonly #parts: IndexerParts;
	readonly #onState: () => void;
	#embedder: Embedder;
	#next: ModelSwitch | undefined;
	#forgetState: () => void = () => {};

	/** `onState` is called when the model in use changes its state. */
	constructor(parts: IndexerParts, onState: () => void) {
		this.#parts = parts;
		this.#onState = onState;
		this.#embedder = parts.embedder;
	}

	get embedder(): Embedder {
		return this.#embedder;
	}

	get next(): ModelSwitch | undefined {
		return this.#next;
	}

	/** Whether the next model has read everything and may take over. */
	get isDue(): boolean {
		return this.#next?.isReady === true && this.#next.mayTakeOver;
	}

	/** Begins to listen to the model in use. */
	listen(): void {
		this.#forgetState = this.#embedder.onState(this.#onState);
	}

	forget(): void {
		this.#forgetState();
	}

	/** Reads every passage with another model; the model of now calls that off. Returns whether that changes anything. */
	switchTo(embedder: Embedder): boolean {
		if (embedder === (this.#next?.embedder ?? this.#embedder)) return false;
		this.#next = embedder === this.#embedder ? undefined : new ModelSwitch(embedder, this.#parts);
		return true;
	}

	/** Lets the next model read some texts. Returns how many, how many had been read before, and whether there may be more to do. */
	async step(
		next: ModelSwitch,
		signal: AbortSignal,
	): Promise<{ readonly texts: number; readonly reused: number; readonly isMore: boolean }> {
		const { kind, texts, reused } = await next.step(signal);
		if (this.#next !== next) return { texts, reused, isMore: true };
		const wasReady = next.isReady;
		next.isReady = kind === 'done';
		// Who listens may let it take over at once.
		if (next.isReady && !wasReady) this.#parts.onProgress();
		return { texts, reused, isMore: kind === 'more' || this.isDue };
	}

	/** Puts the next model's vectors in place of those of the one before. */
	async takeOver(): Promise<void> {
		const next = this.#next;
		const vectors = await next?.load();
		if (next === undefined || vectors === undefined || this.#next !== next) return;
		this.#next = undefined;
		this.#forgetState();
		this.#embedder = next.embedder;
		this.listen();
		this.#parts.index.replaceVectors(vectors);
	}
}
