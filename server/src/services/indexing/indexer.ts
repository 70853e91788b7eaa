import { setMaxListeners } from 'node:events';
import type { NotePath } from '../../ports/files.ts';
import type { Embedder } from '../../ports/models.ts';
import { mayIndex } from '../../settings/mayIndex.ts';
import { Alarm } from './alarm.ts';
import type { IndexerCounts } from './indexerCounts.ts';
import type { IndexerParts } from './indexerParts.ts';
import type { IndexerState } from './indexerProgress.ts';
import { IndexerWork } from './indexerWork.ts';

/** How long the indexer rests when the disk, the database, the model or the memory refuses. */
const restMs = 30_000;

/**
 * Keeps one folder's index up to date for as long as it runs. Every step of its work commits before it counts, so that
 * it may end at any moment and go on later where it was.
 */
export class Indexer {
	readonly #parts: IndexerParts;
	readonly #stop = new AbortController();
	readonly #alarm = new Alarm(this.#stop.signal);
	readonly #work: IndexerWork;
	#paused = false;
	#held: string | undefined;
	#heldAtMs = 0;
	#calmUntilMs = -Infinity;
	#fault: string | undefined;
	#running: Promise<void> | undefined;
	#idleListeners: (() => void)[] = [];

	constructor(parts: IndexerParts) {
		this.#parts = parts;
		const wake = () => this.#alarm.wake();
		this.#work = new IndexerWork(parts, (ms) => this.#alarm.sleep(ms), wake);
		// Each note of a batch listens to it while it is read: many are no leak.
		setMaxListeners(0, this.#stop.signal);
	}

	/** Begins; the index must be loaded. */
	start(): void {
		this.#work.begin();
		this.#running = this.#run().finally(() => this.#work.model.forget());
	}

	/** The model whose vectors answers come from. */
	get embedder(): Embedder {
		return this.#work.model.embedder;
	}

	/** The model that is to take over, and how many passages it has read; `undefined` while there is none. */
	get modelSwitch(): { readonly embedder: Embedder; readonly embedded: number } | undefined {
		return this.#work.model.next;
	}

	/** Whether the next model has read everything and waits for `takeOver`. */
	get isSwitchReady(): boolean {
		return this.#work.model.next?.isReady ?? false;
	}

	/** Reads every passage with another model, which takes over when told to; the model of now calls that off. */
	switchTo(embedder: Embedder): void {
		const { model, progress } = this.#work;
		if (!model.switchTo(embedder)) return;
		if (model.next !== undefined) progress.forgetPace();
		this.#alarm.wake();
	}

	/** Lets the next model take over, once it is ready. */
	takeOver(): void {
		const { next } = this.#work.model;
		if (next !== undefined) next.mayTakeOver = true;
		this.#alarm.wake();
	}

	get state(): IndexerState {
		return this.#work.progress.state;
	}

	/** What keeps notes from being indexed, when something does. */
	get fault(): string | undefined {
		return this.#held ?? this.#fault;
	}

	get counts(): IndexerCounts {
		return this.#work.progress.counts;
	}

	get pendingNotes(): number {
		return this.#work.pendingNotes;
	}

	/** Whether a note waits to be read. */
	isWaiting(path: NotePath): boolean {
		return this.#work.isWaiting(path);
	}

	waitingPaths(): Iterable<NotePath> {
		return this.#work.waitingPaths();
	}

	/** Seconds until every passage has a vector, at the pace of late. */
	get secondsLeft(): number | undefined {
		const { msPerText } = this.#work.progress;
		return msPerText === undefined ? undefined : (this.#work.textsAhead * msPerText) / 1000;
	}

	/** Milliseconds a text, of late. */
	get msPerText(): number | undefined {
		return this.#work.progress.msPerText;
	}

	/** Files that were made, changed, removed or renamed (both names), or whose buffer changed. */
	noteChanged(paths: readonly NotePath[]): void {
		this.#work.addChanged(paths);
		this.#alarm.wake();
	}

	/** The user is at the keyboard: embedding makes room. */
	noteTyping(): void {
		this.#work.pace.noteTyping();
	}

	/** Compares the whole folder with the index again. */
	rescan(): void {
		this.#work.addScan();
		this.#alarm.wake();
	}

	/** Reads every note again, changed or not; vectors of texts that stay the same are kept. */
	rebuild(): void {
		this.#work.addAll();
		this.#alarm.wake();
	}

	pause(): void {
		this.#paused = true;
		this.#alarm.wake();
	}

	resume(): void {
		this.#paused = false;
		this.#alarm.wake();
	}

	/** Gives up what is left to do, until `rebuild` or the next start; notes that change are followed still. */
	cancel(): void {
		this.#work.clear();
		this.#alarm.wake();
	}

	/** Stops, for a reason that is told, until it is called without one. */
	hold(reason: string | undefined): void {
		if (reason === this.#held) return;
		this.#held = reason;
		this.#heldAtMs = this.#parts.clock.now();
		this.#alarm.wake();
	}

	/** Does nothing for so long, and then goes on. */
	rest(ms: number): void {
		this.#calmUntilMs = this.#parts.clock.now() + ms;
		this.#alarm.wake();
	}

	/** Reads fewer notes at a time, to need less memory. */
	set isFrugal(isFrugal: boolean) {
		this.#work.isFrugal = isFrugal;
	}

	/** Resolves when there is nothing left to do, or nothing that can be done. */
	whenIdle(): Promise<void> {
		return new Promise((resolve) => {
			this.#idleListeners.push(resolve);
			this.#alarm.wake();
		});
	}

	async dispose(): Promise<void> {
		this.#stop.abort(new Error('the indexer was closed'));
		this.#alarm.wake();
		await this.#running;
		this.#tellIdle();
	}

	async #run(): Promise<void> {
		const { signal } = this.#stop;
		while (!signal.aborted) {
			try {
				await this.#step(signal);
				this.#fault = undefined;
			} catch (error) {
				if (signal.aborted) return;
				this.#fault = `Indexing stands still and is tried again: ${error instanceof Error ? error.message : error}`;
				this.#parts.logger.error(this.#fault, error);
				this.#work.progress.enter('ready');
				this.#tellIdle();
				await this.#alarm.sleep(restMs);
			}
		}
	}

	async #step(signal: AbortSignal): Promise<void> {
		if (this.#work.model.isDue) return this.#work.takeOver();
		if (this.#held !== undefined) return this.#waitHeld();
		if (this.#paused || !mayIndex(this.#parts.settings())) {
			this.#work.progress.enter('paused');
			return this.#alarm.sleep();
		}
		const calmMs = this.#calmUntilMs - this.#parts.clock.now();
		if (calmMs > 0) {
			this.#work.progress.enter('paused');
			return this.#alarm.sleep(calmMs);
		}
		const outcome = await this.#work.step(signal);
		if (outcome === 'more') return;
		this.#work.progress.enter(outcome === 'mains' ? 'paused' : 'ready');
		if (outcome === 'idle') this.#tellIdle();
		// A model that is off is tried again after a while; the embedder says when it has had its rest.
		await this.#alarm.sleep(this.#work.textsAhead > 0 ? restMs : undefined);
	}

	async #waitHeld(): Promise<void> {
		this.#work.progress.enter('paused');
		const heldMs = this.#parts.clock.now() - this.#heldAtMs;
		// Whoever waits for the end does not wait for room that may never come.
		if (heldMs >= restMs) this.#tellIdle();
		await this.#alarm.sleep(heldMs >= restMs ? undefined : restMs - heldMs);
	}

	#tellIdle(): void {
		for (const resolve of this.#idleListeners.splice(0)) resolve();
	}
}
