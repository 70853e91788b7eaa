import type { VectorThread } from '../../ports/vectors.ts';

/**
 * One folder's vectors over several threads, which scan their parts side by side. A vector that is set goes to the thread
 * that its id says; rows that are handed over go to the threads in turn, so that whichever has one is told of its end.
 */
export class VectorShards implements VectorThread {
	readonly #threads: readonly VectorThread[];
	#adopted = 0;

	constructor(threads: readonly VectorThread[]) {
		this.#threads = threads;
	}

	get hasDied(): boolean {
		return this.#threads.some(({ hasDied }) => hasDied);
	}

	adopt(rows: Uint8Array<ArrayBuffer>): void {
		this.#threads[this.#adopted++ % this.#threads.length]!.adopt(rows);
	}

	set(id: number, vector: Float32Array): void {
		for (const [at, thread] of this.#threads.entries()) {
			if (at === id % this.#threads.length) thread.set(id, vector);
			else thread.remove(id);
		}
	}

	remove(id: number): void {
		for (const thread of this.#threads) thread.remove(id);
	}

	/** Of each thread all that can be among its `k` best: those of all are among them. */
	async scan(query: Float32Array, k: number, least: number, allowed: Uint8Array | undefined) {
		const parts = await Promise.all(this.#threads.map((thread) => thread.scan(query, k, least, allowed)));
		const found = parts
			.flatMap(({ ids, upper }) => Array.from(ids, (id, at) => ({ id, upper: upper[at]! })))
			.sort((a, b) => b.upper - a.upper);
		return {
			ids: Int32Array.from(found, ({ id }) => id),
			upper: Float64Array.from(found, ({ upper }) => upper),
		};
	}

	async approximate(query: Float32Array) {
		const parts = await Promise.all(this.#threads.map((thread) => thread.approximate(query)));
		const count = parts.reduce((sum, { ids }) => sum + ids.length, 0);
		const ids = new Int32Array(count);
		const scores = new Float32Array(count);
		let at = 0;
		for (const part of parts) {
			ids.set(part.ids, at);
			scores.set(part.scores, at);
			at += part.ids.length;
		}
		return { ids, scores };
	}

	dispose(): void {
		for (const thread of this.#threads) thread.dispose();
	}
}
