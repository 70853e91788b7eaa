import { Worker } from 'node:worker_threads';
import type { NeighbourIndex } from '../../ports/vectors.ts';
import type { NeighbourReply, NeighbourRequest, NeighbourWorkerOptions } from './messages.ts';

/** `NeighbourIndex` by usearch, in a worker thread. Where the library does not load, everything fails with the reason. */
export class NeighbourThread implements NeighbourIndex {
	readonly #worker: Worker;
	readonly #dimensions: number;
	readonly #waiting = new Map<number, Waiting>();
	#seq = 0;
	#failed: Error | undefined;

	/** `script` is the bundle of `worker.ts`. */
	constructor(script: string, options: NeighbourWorkerOptions) {
		this.#dimensions = options.dimensions;
		this.#worker = new Worker(script, { workerData: options });
		this.#worker.unref();
		this.#worker.on('message', (reply: NeighbourReply) => {
			const waiting = this.#waiting.get(reply.seq);
			this.#waiting.delete(reply.seq);
			if (this.#waiting.size === 0) this.#worker.unref();
			if (reply.error === undefined) waiting?.resolve(reply);
			else waiting?.reject(new Error(reply.error));
		});
		this.#worker.on('error', (error) => this.#fail(new Error(firstLine(error))));
	}

	async add(ids: readonly number[], vectors: readonly Float32Array[]): Promise<void> {
		const flat = new Float32Array(ids.length * this.#dimensions);
		for (const [at, vector] of vectors.entries()) flat.set(vector, at * this.#dimensions);
		await this.#ask({ kind: 'add', ids, vectors: flat }, [flat.buffer]);
	}

	async remove(ids: readonly number[]): Promise<void> {
		await this.#ask({ kind: 'remove', ids });
	}

	async nearest(query: Float32Array, k: number) {
		// A copy: of a view, its whole buffer would go along.
		return (await this.#ask({ kind: 'nearest', query: query.slice(), k })).found!;
	}

	async save(): Promise<string> {
		return (await this.#ask({ kind: 'save' })).digest!;
	}

	async load(digest: string): Promise<void> {
		await this.#ask({ kind: 'load', digest });
	}

	dispose(): void {
		this.#fail(new Error('the index was closed'));
		void this.#worker.terminate();
	}

	#ask(request: NeighbourRequest, transfer: readonly ArrayBuffer[] = []): Promise<NeighbourReply> {
		return new Promise((resolve, reject) => {
			if (this.#failed !== undefined) return reject(this.#failed);
			const seq = ++this.#seq;
			this.#waiting.set(seq, { resolve, reject });
			// An answer that is awaited keeps the process alive.
			this.#worker.ref();
			this.#worker.postMessage({ seq, request }, [...transfer]);
		});
	}

	#fail(error: Error): void {
		this.#failed ??= error;
		for (const { reject } of this.#waiting.values()) reject(this.#failed);
		this.#waiting.clear();
	}
}

interface Waiting {
	readonly resolve: (reply: NeighbourReply) => void;
	readonly reject: (reason: Error) => void;
}

/** Of a module that is not found, what follows is where it was looked for. */
function firstLine({ message }: Error): string {
	return message.split('\n', 1)[0]!;
}
