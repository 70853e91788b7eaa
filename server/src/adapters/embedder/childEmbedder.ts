import { totalmem } from 'node:os';
import { type Embedder, EmbedderOff, type EmbedderState, type EmbeddingModel } from '../../ports/models.ts';
import { UserError } from '../../ports/system.ts';
import { traced } from '../../tracing/spans.ts';
import { CircuitBreaker } from './circuitBreaker.ts';
import { batchSizeFor } from './device.ts';
import type { ChildEmbedderOptions } from './embedderOptions.ts';
import { type Job, JobQueue } from './jobQueue.ts';
import type { Device } from './messages.ts';
import { ModelProcess, type ModelProcessEvents } from './modelProcess.ts';
import { ProcessPool } from './processPool.ts';

/** Deaths in a row, with no text embedded between them, and how long the model rests then before the next text tries it. */
const deaths = { mostFailures: 5, restMs: 60_000 };
/** Deaths at one text after which the text is given up. */
const mostDeathsAtText = 2;
/** Passages that must wait before another process is worth its start. */
const worthAProcess = 8;
/** Passages that a process is given between two commits: about half a second of work. */
const leastGiven = 16;
/** Runs' worth of passages that a process has at hand, to find some of one length among them. */
const runsAhead = 4;

/**
 * The model in processes of its own: started on demand, started again when they die, ended when idle.
 * Questions go before passages; a process is given one text at a time, unless it may read several at once.
 */
export class ChildEmbedder implements Embedder {
	readonly model: EmbeddingModel;
	readonly #options: ChildEmbedderOptions;
	readonly #queue = new JobQueue();
	readonly #listeners = new Set<(state: EmbedderState) => void>();
	readonly #pool = new ProcessPool<ModelProcess>();
	readonly #breaker = new CircuitBreaker(deaths);
	#state: EmbedderState = { kind: 'idle' };
	#msPerText: number | undefined;
	#idleTimer: NodeJS.Timeout | undefined;
	#disposed = false;

	constructor(options: ChildEmbedderOptions) {
		const { id, dimensions, maxTokens, strength = 'usual' } = options.model;
		this.model = { id, dimensions, maxTokens, strength };
		this.#options = options;
	}

	get state(): EmbedderState {
		return this.#state;
	}

	onState(listener: (state: EmbedderState) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	memoryBytes(): number {
		return this.#pool.rssBytes;
	}

	/** Processor time of all processes there ever were, milliseconds. */
	get cpuMs(): number {
		return this.#pool.cpuMs;
	}

	get msPerText(): number | undefined {
		return this.#msPerText;
	}

	/** Enough for every process, and to find some of one length among them. */
	get batchOf(): number {
		const { processes, batchSize = 1, mostAtOnce } = this.#options.tuning();
		return processes * Math.max(leastGiven, Math.min(batchSize, mostAtOnce) * runsAhead);
	}

	/** Ids of the processes that run: what a monitor measures. */
	get pids(): readonly number[] {
		return this.#pool.pids;
	}

	/** What the model runs on; `undefined` while it does not. */
	get device(): Device | undefined {
		return this.#pool.device;
	}

	/** Loads the model ahead of the first text. */
	warm(): void {
		if (!this.#disposed && this.#pool.size === 0) this.#start();
	}

	/**
	 * Ends the processes that have had nothing to do for `idleMs`: all, or with `keep` those beyond so many. The next text
	 * starts one.
	 */
	unloadIdle(idleMs = 0, keep = 0): void {
		for (const process of this.#pool.idle(idleMs, keep)) this.#end(process);
	}

	async embed(
		texts: readonly string[],
		kind: 'query' | 'passage',
		signal: AbortSignal,
	): Promise<readonly Float32Array[]> {
		signal.throwIfAborted();
		const { queryPrefix, passagePrefix } = this.#options.model;
		const prefix = kind === 'query' ? queryPrefix : passagePrefix;
		const prefixed = texts.map((text) => prefix + text);
		return traced(
			...(['model', `embed ${kind}`] as const),
			() => this.#queue.add(prefixed, kind, signal, () => this.#next()),
			{ texts: texts.length },
		);
	}

	/** Lets a process record where its time goes, and starts one where none runs. Throws where it can't, and on abort. */
	async profile(
		file: string,
		seconds: number,
		signal: AbortSignal,
	): Promise<{ readonly pid: number; readonly bytes: number }> {
		// A text makes certain that one is ready.
		await this.embed(['profile'], 'query', signal);
		const process = this.#pool.ready[0];
		if (process?.pid === undefined) throw new EmbedderOff('no model process runs');
		const cancelled = new Promise<never>((_, reject) => {
			signal.addEventListener('abort', () => reject(signal.reason), { once: true });
		});
		// It can't be told to stop: its file comes all the same.
		const { bytes, fault } = await Promise.race([process.profile(file, seconds), cancelled]);
		if (fault !== undefined) throw new UserError(`The profile can't be recorded: ${fault}.`);
		return { pid: process.pid, bytes };
	}

	async dispose(): Promise<void> {
		this.#disposed = true;
		clearTimeout(this.#idleTimer);
		await this.#endAll(new EmbedderOff('the model was closed'));
	}

	#next(): void {
		if (this.#queue.size === 0) return;
		if (this.#disposed) return this.#queue.rejectAll(new EmbedderOff('the model was closed'));
		if (this.#state.kind === 'off' && this.#breaker.isOpen) {
			return this.#queue.rejectAll(new EmbedderOff(this.#state.reason));
		}
		clearTimeout(this.#idleTimer);
		while (this.#sendOne()) {}
		const isWorth = this.#queue.passageCount >= worthAProcess && !this.#pool.isStarting;
		const mayBeMore = this.#pool.size < this.#options.tuning().processes;
		if (this.#pool.size === 0 || (isWorth && mayBeMore)) this.#start();
	}

	/** Hands the first text that waits to the process with the least to do; returns whether one had room for it. */
	#sendOne(): boolean {
		const job = this.#queue.first;
		const process = this.#pool.leastLoaded;
		if (job === undefined || process === undefined) return false;
		const batchSize = this.#batchSizeFor(process, job);
		const room = batchSize === 1 ? 1 : batchSize * runsAhead + (job.kind === 'query' ? batchSize : 0);
		if (process.load >= room) return false;
		this.#queue.removeFirst();
		process.send(job, batchSize);
		return true;
	}

	/** A text that a process has died with goes alone: it must be certain which one kills. */
	#batchSizeFor({ device }: ModelProcess, { deaths }: Job): number {
		if (deaths > 0) return 1;
		const { batchSize, mostAtOnce } = this.#options.tuning();
		return Math.min(mostAtOnce, batchSize ?? batchSizeFor(device!, totalmem()));
	}

	#start(): void {
		const { script, directory, model, tuning } = this.#options;
		const { priority, device, cpuAffinity, batchSize = 1 } = tuning();
		const process = new ModelProcess(
			script,
			{ directory, model, priority, device, readsOne: batchSize === 1, cpuAffinity },
			this.#events,
		);
		this.#pool.add(process);
		this.#updateState();
	}

	readonly #events: ModelProcessEvents = {
		onReady: (_, { msPerText, notices }) => {
			this.#msPerText = msPerText;
			for (const notice of notices) this.#options.onNotice(notice);
			this.#updateState();
			this.#next();
			this.#awaitIdle();
		},
		onSettled: (process) => {
			this.#breaker.succeed();
			if (process.load === 0 && this.#pool.size > this.#options.tuning().processes) this.#end(process);
			this.#next();
			this.#awaitIdle();
		},
		onBroken: (reason) => this.#turnOff(reason),
		onExit: (process, how, jobs) => this.#onExit(process, how, jobs),
	};

	#onExit(process: ModelProcess, how: string, jobs: readonly Job[]): void {
		this.#pool.remove(process);
		this.#options.logger.warn(`The model process ended (${how}).`);
		for (const job of jobs) {
			if (++job.deaths >= mostDeathsAtText)
				job.reject(new Error(`The model process dies on a text (${how}).`));
		}
		this.#queue.retry(jobs.filter(({ deaths }) => deaths < mostDeathsAtText));
		if (this.#breaker.fail()) return this.#turnOff(`The model process keeps dying (${how}).`);
		this.#updateState();
		this.#next();
	}

	#turnOff(reason: string): void {
		this.#options.logger.warn(reason);
		this.#breaker.open();
		this.#setState({ kind: 'off', reason });
		void this.#endAll(new EmbedderOff(reason));
	}

	#awaitIdle(): void {
		const { keepAliveMinutes } = this.#options.tuning();
		clearTimeout(this.#idleTimer);
		if (keepAliveMinutes === 0 || this.#pool.isWorking) return;
		this.#idleTimer = setTimeout(() => this.unloadIdle(), keepAliveMinutes * 60_000);
		this.#idleTimer.unref();
	}

	#end(process: ModelProcess): void {
		void this.#pool.end(process, new EmbedderOff('the model was closed'));
		this.#updateState();
	}

	async #endAll(reason: Error): Promise<void> {
		this.#queue.rejectAll(reason);
		await this.#pool.endAll(reason);
	}

	#updateState(): void {
		const isReady = this.#pool.device !== undefined;
		const kind = isReady ? 'ready' : this.#pool.size > 0 ? 'starting' : 'idle';
		if (kind !== this.#state.kind) this.#setState({ kind });
	}

	#setState(state: EmbedderState): void {
		this.#state = state;
		for (const listener of this.#listeners) listener(state);
	}
}
