import { Worker } from 'node:worker_threads';
import { reasons } from '../../core/indexing/reasons.ts';
import type { NoteReader, ReadResult } from '../../ports/reader.ts';
import type { ReaderOptions, ReaderReply, ReaderRequest } from './messages.ts';

/** A note that takes longer than this is given up: one file must not stop the rest. */
const longestReadMs = 20_000;
/** Drafts handed over together: the way to the thread and back takes longer than reading one of them. */
const draftsTogether = 50;

/** Of the thread's heap. By default it grows to 48 MB, which parses no faster. */
const youngMb = 6;

/**
 * Reads notes in a thread of its own, one at a time, so that it is certain which note a death of the thread is
 * due to: that one is skipped, the others go on in a new thread. Drafts, which are read whole later, go together.
 */
export class ThreadReader {
	readonly #script: string;
	readonly #options: ReaderOptions;
	#worker: Worker | undefined;
	#current: readonly Job[] = [];
	#queue: Job[] = [];
	#timer: NodeJS.Timeout | undefined;

	/** `script` is the bundle of `worker.ts`; the thread starts with the first note. */
	constructor(script: string, options: ReaderOptions) {
		this.#script = script;
		this.#options = options;
	}

	/** The reader of one folder; all folders share the thread. */
	forFolder(root: string): NoteReader {
		return { read: (request, signal) => this.#read({ ...request, root }, signal) };
	}

	/** Ends the thread where it has nothing to do; the next note starts one. */
	endIdle(): void {
		if (this.#current.length > 0 || this.#queue.length > 0) return;
		void this.#worker?.terminate();
		this.#worker = undefined;
	}

	async dispose(): Promise<void> {
		const worker = this.#worker;
		const abandoned = [...this.#current, ...this.#queue];
		this.#worker = undefined;
		this.#current = [];
		this.#queue = [];
		clearTimeout(this.#timer);
		for (const job of abandoned) job.reject(new Error('the reader was closed'));
		await worker?.terminate();
	}

	#read(request: ReaderRequest, signal: AbortSignal): Promise<ReadResult> {
		return new Promise((resolve, reject) => {
			signal.throwIfAborted();
			const onAbort = () => {
				this.#queue = this.#queue.filter((waiting) => waiting !== job);
				reject(signal.reason);
			};
			// A signal outlives its requests: what stays on it is never freed.
			const settled = () => signal.removeEventListener('abort', onAbort);
			const job: Job = {
				request,
				resolve: (result) => {
					settled();
					resolve(result);
				},
				reject: (reason) => {
					settled();
					reject(reason);
				},
			};
			signal.addEventListener('abort', onAbort, { once: true });
			// What is on screen is wanted now; files on disk have time.
			if (request.buffer === undefined) this.#queue.push(job);
			else this.#queue.unshift(job);
			this.#next();
		});
	}

	#next(): void {
		if (this.#current.length > 0 || this.#queue.length === 0) return;
		this.#current = this.#queue.splice(0, this.#nextCount());
		this.#timer = setTimeout(() => this.#abandon(reasons.tooSlow), longestReadMs);
		this.#timer.unref();
		this.#running().postMessage(this.#current.map(({ request }) => request) satisfies ReaderRequest[]);
	}

	/** One note, or the drafts at the head of the queue. */
	#nextCount(): number {
		const end = this.#queue.findIndex(({ request }, at) => at === draftsTogether || request.isDraft !== true);
		return Math.max(1, end === -1 ? this.#queue.length : end);
	}

	#running(): Worker {
		if (this.#worker !== undefined) return this.#worker;
		const worker = new Worker(this.#script, {
			workerData: this.#options,
			execArgv: [],
			resourceLimits: { maxYoungGenerationSizeMb: youngMb },
		});
		worker.unref();
		worker.on('message', (replies: readonly ReaderReply[]) => {
			if (this.#worker !== worker) return;
			this.#finish(replies.map((reply) => ('result' in reply ? reply.result : unparsable(reply.error))));
		});
		worker.on('error', (error) => {
			if (this.#worker === worker) this.#abandon(reasons.killedParser(error.message));
		});
		this.#worker = worker;
		return worker;
	}

	/** Gives up what is at work and the thread with it. */
	#abandon(reason: string): void {
		void this.#worker?.terminate();
		this.#worker = undefined;
		this.#finish(this.#current.map(() => ({ kind: 'skipped', reason })));
	}

	#finish(results: readonly ReadResult[]): void {
		const jobs = this.#current;
		clearTimeout(this.#timer);
		this.#current = [];
		for (const [at, job] of jobs.entries()) job.resolve(results[at]!);
		this.#next();
	}
}

interface Job {
	readonly request: ReaderRequest;
	readonly resolve: (result: ReadResult) => void;
	readonly reject: (reason: unknown) => void;
}

function unparsable(error: string): ReadResult {
	return { kind: 'skipped', reason: reasons.unparsable(error) };
}
