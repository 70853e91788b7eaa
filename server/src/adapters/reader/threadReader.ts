import { Worker } from 'node:worker_threads';
import { reasons } from '../../core/indexing/reasons.ts';
import type { NoteReader, ReadResult } from '../../ports/reader.ts';
import type { ReaderOptions, ReaderReply, ReaderRequest } from './messages.ts';

/** A note that takes longer than this is given up: one file must not stop the rest. */
const longestReadMs = 20_000;

/**
 * Reads notes in a thread of its own, one at a time, so that it is certain which note a death of the thread is
 * due to: that one is skipped, the others go on in a new thread.
 */
export class ThreadReader {
	readonly #script: string;
	readonly #options: ReaderOptions;
	#worker: Worker | undefined;
	#current: Job | undefined;
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

	async dispose(): Promise<void> {
		const worker = this.#worker;
		const abandoned = this.#current === undefined ? this.#queue : [this.#current, ...this.#queue];
		this.#worker = undefined;
		this.#current = undefined;
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
		if (this.#current !== undefined) return;
		const job = this.#queue.shift();
		if (job === undefined) return;
		this.#current = job;
		this.#timer = setTimeout(() => this.#abandon(reasons.tooSlow), longestReadMs);
		this.#timer.unref();
		this.#running().postMessage(job.request);
	}

	#running(): Worker {
		if (this.#worker !== undefined) return this.#worker;
		const worker = new Worker(this.#script, { workerData: this.#options, execArgv: [] });
		worker.unref();
		worker.on('message', (reply: ReaderReply) => {
			if (this.#worker === worker) this.#finish('result' in reply ? reply.result : unparsable(reply.error));
		});
		worker.on('error', (error) => {
			if (this.#worker === worker) this.#abandon(reasons.killedParser(error.message));
		});
		this.#worker = worker;
		return worker;
	}

	/** Gives up the note at work and the thread with it. */
	#abandon(reason: string): void {
		void this.#worker?.terminate();
		this.#worker = undefined;
		this.#finish({ kind: 'skipped', reason });
	}

	#finish(result: ReadResult): void {
		const job = this.#current;
		clearTimeout(this.#timer);
		this.#current = undefined;
		job?.resolve(result);
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
