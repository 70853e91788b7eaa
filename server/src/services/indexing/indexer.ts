import { setMaxListeners } from 'node:events';
import type { NotePath } from '../../ports/files.ts';
import type { Embedder } from '../../ports/models.ts';
import { Drafts } from './drafts.ts';
import { embedPassages } from './embedPassages.ts';
import { addCounts, type IndexerCounts, noCounts } from './indexerCounts.ts';
import type { IndexerParts } from './indexerParts.ts';
import { ModelSwitch } from './modelSwitch.ts';
import { scanFolder } from './scanFolder.ts';
import { Unembedded } from './unembedded.ts';
import { Unread } from './unread.ts';

/** Texts embedded between two commits: about half a second of work, the most that a kill can lose. */
const textsPerBatch = 16;
/** How long after a key press the user counts as typing. */
const typingMs = 1000;
/** How long the indexer rests when the disk or the database refuses. */
const restMs = 30_000;

/** So many are read before anyone could see it said, which would flicker at every note that is opened or saved. */
const fewNotes = 3;

export type IndexerState = 'scanning' | 'reading' | 'embedding' | 'paused' | 'ready';

/**
 * Keeps one folder's index up to date, one small step at a time: scan the folder, read notes, embed passages.
 * Reading goes first, so that words are found at once and vectors follow. Every step commits before it counts,
 * so that it may end at any moment and go on later where it was.
 */
export class Indexer {
	readonly #parts: IndexerParts;
	readonly #stop = new AbortController();
	readonly #unread: Unread;
	readonly #unembedded = new Unembedded();
	readonly #drafts: Drafts;
	#scanWanted = true;
	#paused = false;
	#typedAtMs = -Infinity;
	#fault: string | undefined;
	#counts: IndexerCounts = noCounts;
	#state: IndexerState = 'scanning';
	#msPerText: number | undefined;
	#embedder: Embedder;
	#forgetState: () => void = () => {};
	#switch: ModelSwitch | undefined;
	#wake: () => void = () => {};
	#running: Promise<void> | undefined;
	#idleListeners: (() => void)[] = [];

	constructor(parts: IndexerParts) {
		this.#parts = parts;
		this.#unread = new Unread(parts);
		this.#drafts = new Drafts(parts);
		this.#embedder = parts.embedder;
		// Each note of a batch listens to it while it is read: many are no leak.
		setMaxListeners(0, this.#stop.signal);
	}

	/** Begins; the index must be loaded. */
	start(): void {
		this.#findUnembedded();
		this.#forgetState = this.#embedder.onState(() => this.#wake());
		this.#running = this.#run().finally(() => this.#forgetState());
	}

	/** The model whose vectors answers come from. */
	get embedder(): Embedder {
		return this.#embedder;
	}

	/** The model that is to take over, and how many passages it has read; `undefined` while there is none. */
	get modelSwitch(): { readonly embedder: Embedder; readonly embedded: number } | undefined {
		return this.#switch;
	}

	/** Whether the next model has read everything and waits for `takeOver`. */
	get isSwitchReady(): boolean {
		return this.#switch?.isReady ?? false;
	}

	/** Reads every passage with another model, which takes over when told to; the model of now calls that off. */
	switchTo(embedder: Embedder): void {
		if (this.#switch?.embedder === embedder) return;
		const { store, index, logger } = this.#parts;
		const isNew = embedder !== this.#embedder;
		this.#switch = isNew ? new ModelSwitch(embedder, store, index, logger) : undefined;
		if (isNew) this.#msPerText = undefined;
		this.#wake();
	}

	/** Lets the next model take over, once it is ready. */
	takeOver(): void {
		if (this.#switch !== undefined) this.#switch.mayTakeOver = true;
		this.#wake();
	}

	get state(): IndexerState {
		return this.#state;
	}

	/** What keeps notes from being indexed, when something does. */
	get fault(): string | undefined {
		return this.#fault;
	}

	get counts(): IndexerCounts {
		return this.#counts;
	}

	get pendingNotes(): number {
		return this.#unread.size;
	}

	/** Whether a note waits to be read. */
	isWaiting(path: NotePath): boolean {
		return this.#unread.has(path);
	}

	waitingPaths(): Iterable<NotePath> {
		return this.#unread.paths();
	}

	/** Seconds until every passage has a vector, at the pace of late. */
	get secondsLeft(): number | undefined {
		const ahead = this.#unembedded.size + (this.#switch?.ahead ?? 0);
		return this.#msPerText === undefined ? undefined : (ahead * this.#msPerText) / 1000;
	}

	/** Milliseconds a text, of late. */
	get msPerText(): number | undefined {
		return this.#msPerText;
	}

	/** Files that were made, changed, removed or renamed (both names), or whose buffer changed. */
	noteChanged(paths: readonly NotePath[]): void {
		for (const path of paths) this.#unread.add(path);
		this.#wake();
	}

	/** The user is at the keyboard: embedding makes room. */
	noteTyping(): void {
		this.#typedAtMs = this.#parts.clock.now();
	}

	/** Compares the whole folder with the index again. */
	rescan(): void {
		this.#scanWanted = true;
		this.#wake();
	}

	/** Reads every note again, changed or not; vectors of texts that stay the same are kept. */
	rebuild(): void {
		for (const { stamp } of this.#parts.index.notes()) this.#unread.addForced(stamp.path);
		this.rescan();
	}

	pause(): void {
		this.#paused = true;
		this.#wake();
	}

	resume(): void {
		this.#paused = false;
		this.#wake();
	}

	/** Resolves when there is nothing left to do, or nothing that can be done. */
	whenIdle(): Promise<void> {
		return new Promise((resolve) => {
			this.#idleListeners.push(resolve);
			this.#wake();
		});
	}

	async dispose(): Promise<void> {
		this.#stop.abort(new Error('the indexer was closed'));
		this.#wake();
		await this.#running;
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
				this.#enter('ready');
				await this.#sleep(restMs);
			}
		}
	}

	async #step(signal: AbortSignal): Promise<void> {
		if (this.#switch?.isReady && this.#switch.mayTakeOver) return this.#finishSwitch(this.#switch);
		if (this.#paused || !this.#parts.settings()['indexing.enabled']) {
			this.#enter('paused');
			return this.#sleep();
		}
		if (this.#scanWanted) return this.#scan(signal);
		if (!this.#drafts.isDone) {
			await this.#drafts.draftBatch(signal);
			return this.#parts.onProgress();
		}
		if (this.#unread.size > 0) return this.#readBatch(signal);
		if (this.#unembedded.size > 0 && (await this.#embedBatch(signal))) return;
		// While the model failed to answer, notes may have changed: words do not wait for it.
		if (this.#scanWanted || this.#unread.size > 0) return;
		if (this.#switch !== undefined && (await this.#switchBatch(this.#switch, signal))) return;
		this.#enter('ready');
		for (const resolve of this.#idleListeners.splice(0)) resolve();
		// A model that is off is tried again after a while; the embedder says when it has had its rest.
		await this.#sleep(this.#unembedded.size + (this.#switch?.ahead ?? 0) > 0 ? restMs : undefined);
	}

	/** Returns whether there may be more to do. */
	async #switchBatch(next: ModelSwitch, signal: AbortSignal): Promise<boolean> {
		const { clock } = this.#parts;
		await this.#makeRoom();
		const began = clock.now();
		const { kind, texts } = await next.step(signal);
		if (this.#switch !== next) return true;
		if (texts > 0) {
			this.#enter('embedding');
			this.#count({ embedded: texts });
			this.#measurePace((clock.now() - began) / texts);
		}
		const wasReady = next.isReady;
		next.isReady = kind === 'done';
		// Who listens may let it take over at once.
		if (next.isReady && !wasReady) this.#parts.onProgress();
		return kind === 'more' || (next.isReady && next.mayTakeOver);
	}

	async #finishSwitch(next: ModelSwitch): Promise<void> {
		const vectors = await next.load();
		if (this.#switch !== next) return;
		this.#switch = undefined;
		this.#forgetState();
		this.#embedder = next.embedder;
		this.#forgetState = next.embedder.onState(() => this.#wake());
		this.#parts.index.replaceVectors(vectors);
		this.#unembedded.clear();
		this.#findUnembedded();
		this.#parts.onProgress();
	}

	#findUnembedded(): void {
		const { index } = this.#parts;
		for (const id of index.passageIds()) {
			if (!index.vectors.has(id)) this.#unembedded.add(index.passage(id)!.textHash, id);
		}
	}

	/** While the user types. */
	async #makeRoom(): Promise<void> {
		const { clock, settings } = this.#parts;
		if (clock.now() - this.#typedAtMs < typingMs) await this.#sleep(settings()['indexing.pauseMs']);
	}

	async #scan(signal: AbortSignal): Promise<void> {
		// Later ones are a look that finds next to nothing: to say so would flicker.
		if (this.#parts.seen.excluded === undefined) this.#enter('scanning');
		this.#scanWanted = false;
		try {
			const removed = await scanFolder(this.#parts, this.#unread, this.#drafts, signal);
			if (removed > 0) this.#count({ removed });
		} catch (error) {
			this.#scanWanted = true;
			throw error;
		}
	}

	async #readBatch(signal: AbortSignal): Promise<void> {
		if (this.#unread.size > fewNotes) this.#enter('reading');
		const { store, index } = this.#parts;
		const { passages, read, removed } = await this.#unread.readBatch(signal);
		this.#count({ read, removed });
		const hashes = [...new Set(passages.map(({ textHash }) => textHash))];
		const known = await store.vectors(this.#embedder.model.id, hashes);
		const found = new Map<number, Float32Array>();
		for (const { id, textHash } of passages) {
			const vector = known.get(textHash);
			if (vector === undefined) this.#unembedded.add(textHash, id);
			else found.set(id, vector);
		}
		index.setVectors(found);
		this.#count({ reused: found.size });
	}

	/** Returns whether anything was embedded: not so while the model is off. */
	async #embedBatch(signal: AbortSignal): Promise<boolean> {
		const { store, index, clock } = this.#parts;
		const batch = this.#unembedded.first(textsPerBatch).filter(({ textHash, passageId }) => {
			const isThere = index.passage(passageId) !== undefined;
			if (!isThere) this.#unembedded.remove(textHash, passageId);
			return isThere;
		});
		if (batch.length === 0) return true;
		this.#enter('embedding');
		await this.#makeRoom();
		const began = clock.now();
		const ids = batch.map(({ passageId }) => passageId);
		const { vectors, failed, waiting } = await embedPassages(ids, this.#embedder, store, signal);
		for (const { passage, reason } of failed) {
			for (const id of this.#unembedded.take(passage.textHash))
				this.#parts.seen.embedFailures.set(id, String(reason));
			this.#parts.logger.error(`Passage ${passage.id} gets no vector`, reason);
		}
		const found = new Map<number, Float32Array>();
		for (const [textHash, vector] of vectors) {
			for (const id of this.#unembedded.take(textHash)) found.set(id, vector);
		}
		index.setVectors(found);
		this.#count({ embedded: vectors.size });
		if (vectors.size > 0) this.#measurePace((clock.now() - began) / vectors.size);
		return waiting.length === 0;
	}

	#measurePace(msPerText: number): void {
		this.#msPerText = this.#msPerText === undefined ? msPerText : 0.8 * this.#msPerText + 0.2 * msPerText;
	}

	#count(more: Partial<IndexerCounts>): void {
		this.#counts = addCounts(this.#counts, more);
		this.#parts.onProgress();
	}

	#enter(state: IndexerState): void {
		if (this.#state === state) return;
		this.#state = state;
		this.#parts.onProgress();
	}

	/** Waits for `ms`, or for something to do. */
	#sleep(ms?: number): Promise<void> {
		if (this.#stop.signal.aborted) return Promise.resolve();
		return new Promise((resolve) => {
			const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}
