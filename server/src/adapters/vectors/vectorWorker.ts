import { Worker } from 'node:worker_threads';
import type { VectorThread } from '../../ports/vectors.ts';
import type { VectorEdit, VectorReply, VectorRequest, VectorWorkerOptions } from './messages.ts';

/** A message costs more than an edit: they go in batches. */
const editsPerMessage = 1000;

/** `VectorThread` in a worker thread. Once it has failed, whatever is asked fails with its error. */
export class VectorWorker implements VectorThread {
	readonly #worker: Worker;
	readonly #waiting = new Map<number, Waiting>();
	#edits: VectorEdit[] = [];
	#seq = 0;
	#failed: Error | undefined;

	/** `script` is the bundle of `worker.ts`. */
	constructor(script: string, options: VectorWorkerOptions) {
		this.#worker = new Worker(script, { workerData: options });
		this.#worker.unref();
		this.#worker.on('message', ({ seq, ids, values }: VectorReply) => {
			this.#waiting.get(seq)?.resolve(ids, values);
			this.#waiting.delete(seq);
			if (this.#waiting.size === 0) this.#worker.unref();
		});
		this.#worker.on('error', (error) => this.#fail(error));
		this.#worker.on('exit', (code) => this.#fail(new Error(`the vector thread ended with ${code}`)));
	}

	get hasDied(): boolean {
		return this.#failed !== undefined;
	}

	adopt(rows: Uint8Array<ArrayBuffer>): void {
		this.#flush();
		this.#post({ kind: 'adopt', rows }, [rows.buffer]);
	}

	set(id: number, vector: Float32Array): void {
		// A copy: of a view, its whole buffer would go along.
		this.#edit({ id, vector: vector.slice() });
	}

	remove(id: number): void {
		this.#edit({ id, vector: undefined });
	}

	async scan(query: Float32Array, k: number, least: number, allowed: Uint8Array | undefined) {
		const seq = ++this.#seq;
		const [ids, values] = await this.#ask(seq, { kind: 'scan', seq, query, k, least, allowed });
		return { ids, upper: values as Float64Array<ArrayBuffer> };
	}

	async approximate(query: Float32Array) {
		const seq = ++this.#seq;
		const [ids, values] = await this.#ask(seq, { kind: 'approximate', seq, query });
		return { ids, scores: values as Float32Array<ArrayBuffer> };
	}

	dispose(): void {
		this.#fail(new Error('the index was closed'));
		void this.#worker.terminate();
	}

	#edit(edit: VectorEdit): void {
		this.#edits.push(edit);
		if (this.#edits.length >= editsPerMessage) this.#flush();
	}

	#flush(): void {
		if (this.#edits.length === 0) return;
		const edits = this.#edits;
		this.#edits = [];
		this.#post({ kind: 'edit', edits });
	}

	#ask(seq: number, request: VectorRequest): Promise<readonly [VectorReply['ids'], VectorReply['values']]> {
		return new Promise((resolve, reject) => {
			if (this.#failed !== undefined) return reject(this.#failed);
			this.#flush();
			this.#waiting.set(seq, { resolve: (ids, values) => resolve([ids, values]), reject });
			// An answer that is awaited keeps the process alive.
			this.#worker.ref();
			this.#post(request);
		});
	}

	#post(request: VectorRequest, transfer: readonly ArrayBuffer[] = []): void {
		if (this.#failed === undefined) this.#worker.postMessage(request, [...transfer]);
	}

	#fail(error: Error): void {
		this.#failed ??= error;
		for (const { reject } of this.#waiting.values()) reject(this.#failed);
		this.#waiting.clear();
	}
}

interface Waiting {
	readonly resolve: (ids: VectorReply['ids'], values: VectorReply['values']) => void;
	readonly reject: (reason: Error) => void;
}
