import { type ChildProcess, fork } from 'node:child_process';
import { type Embedder, EmbedderOff, type EmbedderState, type EmbeddingModel } from '../../ports/models.ts';
import type { Logger } from '../../ports/system.ts';
import type { ChildOptions, ChildReply, EmbedRequest } from './messages.ts';

/** Deaths in a row, with no text embedded between them, after which the model rests. */
const mostDeaths = 5;
/** How long a model that can't be used rests before the next text tries it again. */
const restMs = 60_000;
/** Deaths at one text after which the text is given up. */
const mostDeathsAtText = 2;

export interface ChildEmbedderOptions extends ChildOptions {
	/** Bundle of `child.ts`. */
	readonly script: string;
	/** Minutes without work after which the process is ended; 0 keeps it. */
	readonly keepAliveMinutes: number;
}

/**
 * The model in a process of its own: started on demand, started again when it dies, ended when idle.
 * Texts are sent one by one, questions before passages.
 */
export class ChildEmbedder implements Embedder {
	readonly model: EmbeddingModel;
	readonly #options: ChildEmbedderOptions;
	readonly #logger: Logger;
	readonly #queries: Job[] = [];
	readonly #passages: Job[] = [];
	readonly #listeners = new Set<(state: EmbedderState) => void>();
	#state: EmbedderState = { kind: 'idle' };
	#child: ChildProcess | undefined;
	#current: Job | undefined;
	#rssBytes = 0;
	#msPerText: number | undefined;
	#deaths = 0;
	#offSinceMs = 0;
	#idleTimer: NodeJS.Timeout | undefined;
	#disposed = false;

	constructor(options: ChildEmbedderOptions, logger: Logger) {
		const { id, dimensions, maxTokens, strength = 'usual' } = options.model;
		this.model = { id, dimensions, maxTokens, strength };
		this.#options = options;
		this.#logger = logger;
	}

	get state(): EmbedderState {
		return this.#state;
	}

	onState(listener: (state: EmbedderState) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	memoryBytes(): number {
		return this.#child === undefined ? 0 : this.#rssBytes;
	}

	get msPerText(): number | undefined {
		return this.#msPerText;
	}

	/** Process id while one runs: what a test kills and a monitor measures. */
	get pid(): number | undefined {
		return this.#child?.pid;
	}

	/** Loads the model ahead of the first text. */
	warm(): void {
		if (!this.#disposed) this.#start();
	}

	async embed(
		texts: readonly string[],
		kind: 'query' | 'passage',
		signal: AbortSignal,
	): Promise<readonly Float32Array[]> {
		signal.throwIfAborted();
		const { queryPrefix, passagePrefix } = this.#options.model;
		const prefix = kind === 'query' ? queryPrefix : passagePrefix;
		const jobs = texts.map((text) => makeJob(prefix + text));
		const queue = kind === 'query' ? this.#queries : this.#passages;
		queue.push(...jobs);
		const onAbort = () => {
			for (const job of jobs) {
				const at = queue.indexOf(job);
				if (at >= 0) queue.splice(at, 1);
				job.reject(signal.reason);
			}
		};
		signal.addEventListener('abort', onAbort, { once: true });
		try {
			this.#next();
			return await Promise.all(jobs.map((job) => job.vector));
		} finally {
			signal.removeEventListener('abort', onAbort);
		}
	}

	async dispose(): Promise<void> {
		this.#disposed = true;
		clearTimeout(this.#idleTimer);
		this.#rejectAll(new EmbedderOff('the model was closed'));
		await this.#end();
	}

	#next(): void {
		if (this.#current !== undefined || this.#queries.length + this.#passages.length === 0) return;
		if (this.#disposed) return this.#rejectAll(new EmbedderOff('the model was closed'));
		if (this.#state.kind === 'off' && Date.now() - this.#offSinceMs < restMs) {
			return this.#rejectAll(new EmbedderOff(this.#state.reason));
		}
		if (this.#state.kind !== 'ready') return this.#start();
		clearTimeout(this.#idleTimer);
		this.#current = this.#queries.shift() ?? this.#passages.shift()!;
		const request: EmbedRequest = { text: this.#current.text };
		this.#child!.send(request, () => {}); // A process that is gone answers by its exit.
	}

	#start(): void {
		if (this.#child !== undefined) return;
		this.#setState({ kind: 'starting' });
		const { script, directory, model, priority } = this.#options;
		const options: ChildOptions = { directory, model, priority };
		// Its stdout is not ours to share: over stdio the protocol runs there. A debugger's port is not inherited.
		const child = fork(script, [JSON.stringify(options)], {
			execArgv: [],
			serialization: 'advanced',
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
		this.#child = child;
		child.on('message', (reply: ChildReply) => {
			if (this.#child === child) this.#onReply(reply);
		});
		child.on('error', (error) => this.#onExit(child, error.message));
		child.on('exit', (code, signal) => this.#onExit(child, signal ?? `exit code ${code}`));
	}

	#onReply(reply: ChildReply): void {
		if (reply.kind === 'broken') return this.#turnOff(reply.reason);
		this.#rssBytes = reply.rssBytes;
		if (reply.kind === 'ready') {
			this.#msPerText = reply.msPerText;
			this.#setState({ kind: 'ready' });
		} else {
			const job = this.#current;
			this.#current = undefined;
			this.#deaths = 0;
			if (reply.kind === 'vector') job?.resolve(reply.vector);
			else job?.reject(new Error(`The model can't read a text: ${reply.message}`));
		}
		this.#next();
		this.#awaitIdle();
	}

	#onExit(child: ChildProcess, how: string): void {
		if (this.#child !== child) return;
		this.#child = undefined;
		this.#deaths++;
		this.#logger.warn(`The model process ended (${how}).`);
		const job = this.#current;
		this.#current = undefined;
		if (job !== undefined && ++job.deaths >= mostDeathsAtText) {
			job.reject(new Error(`The model process dies on a text (${how}).`));
		} else if (job !== undefined) {
			this.#queries.unshift(job);
		}
		if (this.#deaths >= mostDeaths) return this.#turnOff(`The model process keeps dying (${how}).`);
		this.#setState({ kind: 'idle' });
		this.#next();
	}

	#turnOff(reason: string): void {
		this.#logger.warn(reason);
		this.#deaths = 0;
		this.#offSinceMs = Date.now();
		this.#setState({ kind: 'off', reason });
		void this.#end();
		this.#rejectAll(new EmbedderOff(reason));
	}

	#awaitIdle(): void {
		const { keepAliveMinutes } = this.#options;
		clearTimeout(this.#idleTimer);
		if (keepAliveMinutes === 0 || this.#current !== undefined) return;
		this.#idleTimer = setTimeout(() => {
			void this.#end();
			this.#setState({ kind: 'idle' });
		}, keepAliveMinutes * 60_000);
		this.#idleTimer.unref();
	}

	async #end(): Promise<void> {
		const child = this.#child;
		this.#child = undefined;
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const exited = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGKILL');
		await exited;
	}

	#rejectAll(error: Error): void {
		const jobs = [this.#current, ...this.#queries.splice(0), ...this.#passages.splice(0)];
		this.#current = undefined;
		for (const job of jobs) job?.reject(error);
	}

	#setState(state: EmbedderState): void {
		this.#state = state;
		for (const listener of this.#listeners) listener(state);
	}
}

interface Job {
	readonly text: string;
	readonly vector: Promise<Float32Array>;
	readonly resolve: (vector: Float32Array) => void;
	readonly reject: (reason: unknown) => void;
	deaths: number;
}

function makeJob(text: string): Job {
	let resolve!: (vector: Float32Array) => void;
	let reject!: (reason: unknown) => void;
	const vector = new Promise<Float32Array>((yes, no) => {
		resolve = yes;
		reject = no;
	});
	// `embed` awaits all jobs; one that fails first must not leave the others as unhandled.
	vector.catch(() => {});
	return { text, vector, resolve, reject, deaths: 0 };
}
