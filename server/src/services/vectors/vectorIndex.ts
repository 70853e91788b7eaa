import { LRUCache } from 'lru-cache';
import { type ApproximateScores, type Candidates, CodeTable } from '../../kernels/codeTable.ts';
import { IdMap } from '../../kernels/idMap.ts';
import type { OnVectors, VectorFile, VectorThread } from '../../ports/vectors.ts';

/** Exact vectors kept at hand: 12 MB of 384 numbers each, all of a folder of a thousand notes. */
const mostExact = 8192;

/** Of an index that holds nothing. */
export const anyDimensions = 384;

/** Told of every change of a folder's vectors, after it. */
export interface VectorFollower {
	set(id: number, vector: Float32Array): void;
	remove(id: number): void;
	/** All are of another model now. */
	replaced(): void;
}

export interface VectorModel {
	readonly id: string;
	readonly dimensions: number;
}

/** Where big indexes are scanned. */
export interface VectorThreads {
	/** Above so many vectors a scan would hold up what else the server's own thread has to do. */
	readonly mostHere: number;
	start(dimensions: number): VectorThread;
}

/** Reads all vectors of the folder again. */
type ReadAll = (onVectors: OnVectors) => Promise<void>;

/**
 * Vectors of one folder as int8 codes: a scan gives all passages that can be among the best, whose exact vectors are
 * in the file, or else in the store. Small indexes are scanned here; once there are more than `mostHere`, they move to a
 * thread, and to a new one should that end.
 */
export class VectorIndex {
	/** Fetched before; an id never comes to stand for another passage. */
	readonly exact = new LRUCache<number, Float32Array>({ max: mostExact });
	/** Beside the index, where there is one. */
	readonly file: VectorFile | undefined;
	readonly #dimensions: number;
	readonly #threads: VectorThreads | undefined;
	#table: CodeTable;
	/** What the thread holds. */
	readonly #ids = new IdMap();
	#thread: VectorThread | undefined;
	#readAll: ReadAll | undefined;
	#reviving: Promise<void> | undefined;

	constructor(dimensions: number, threads?: VectorThreads, file?: VectorFile) {
		this.#dimensions = dimensions;
		this.#threads = threads;
		this.file = file;
		this.#table = new CodeTable(dimensions);
	}

	get size(): number {
		return this.#thread === undefined ? this.#table.size : this.#ids.size;
	}

	/** Length of the vectors. */
	get dimensions(): number {
		return this.#dimensions;
	}

	/** Whether the codes are in this thread's own memory. */
	get isHere(): boolean {
		return this.#thread === undefined;
	}

	/** Memory of the codes; of those in a thread as many as there must be. */
	get bytes(): number {
		return this.#thread === undefined ? this.#table.bytes : this.#ids.size * this.#dimensions;
	}

	has(id: number): boolean {
		return this.#thread === undefined ? this.#table.has(id) : this.#ids.has(id);
	}

	/** Whether all exact vectors can be at hand at once. */
	get isSmall(): boolean {
		return this.size <= mostExact;
	}

	/** Adds or replaces. Throws where `vector` has another length, or a number in it that is not finite. */
	set(id: number, vector: Float32Array): void {
		this.exact.delete(id);
		if (this.#thread === undefined) {
			this.#table.set(id, vector);
			if (this.#threads !== undefined && this.#table.size > this.#threads.mostHere) this.#move(this.#threads);
			return;
		}
		if (vector.length !== this.#dimensions || !vector.every(Number.isFinite)) {
			throw new RangeError(`vector ${id} must hold ${this.#dimensions} finite numbers`);
		}
		this.#thread.set(id, vector);
		this.#ids.set(id, 0);
	}

	remove(id: number): void {
		this.exact.delete(id);
		this.file?.remove(id);
		if (this.#thread === undefined) return this.#table.remove(id);
		if (!this.#ids.has(id)) return;
		this.#thread.remove(id);
		this.#ids.delete(id);
	}

	/** All that can be among the `k` best of those accepted, and none that must be below `least`. */
	async scan(
		query: Float32Array,
		k: number,
		least: number,
		accept: ((id: number) => boolean) | undefined,
	): Promise<Candidates> {
		if (this.#thread === undefined) return this.#table.scan(query, k, least, accept);
		const allowed = accept === undefined ? undefined : this.#allowed(accept);
		return this.#ask((thread) => thread.scan(query, k, least, allowed));
	}

	/** Scores of all by their codes alone. */
	async approximate(query: Float32Array): Promise<ApproximateScores> {
		return this.#thread === undefined
			? this.#table.approximate(query)
			: this.#ask((thread) => thread.approximate(query));
	}

	/** Where a new thread gets what a dead one held. Without it, whatever is asked of a dead one fails. */
	onThreadDeath(readAll: ReadAll): void {
		this.#readAll = readAll;
	}

	dispose(): void {
		this.#readAll = undefined;
		this.#thread?.dispose();
		this.file?.close();
	}

	/** Once more, of a new thread, where the thread has died: of a question, or before it. */
	async #ask<T>(ask: (thread: VectorThread) => Promise<T>): Promise<T> {
		await this.#reviving;
		const thread = this.#thread!;
		try {
			return await ask(thread);
		} catch (error) {
			if (!thread.hasDied || this.#readAll === undefined) throw error;
			await this.#revive(thread, this.#readAll);
			return ask(this.#thread!);
		}
	}

	/** All who find the thread dead wait for the same new one. */
	#revive(dead: VectorThread, readAll: ReadAll): Promise<void> {
		if (this.#thread !== dead) return this.#reviving ?? Promise.resolve();
		const thread = this.#threads!.start(this.#dimensions);
		this.#thread = thread;
		const reviving = readAll((ids, vectors) => {
			for (const [at, vector] of vectors.entries()) {
				// What has gone since must not come back.
				if (this.#ids.has(ids[at]!)) thread.set(ids[at]!, vector);
			}
		})
			.catch((error: unknown) => {
				// A half filled thread would answer wrongly: the next question tries again.
				thread.dispose();
				this.#thread = dead;
				throw error;
			})
			.finally(() => {
				this.#reviving = undefined;
			});
		this.#reviving = reviving;
		return reviving;
	}

	#move(threads: VectorThreads): void {
		const thread = threads.start(this.#dimensions);
		for (const id of this.#table.ids()) this.#ids.set(id, 0);
		for (const rows of this.#table.rows()) thread.adopt(rows);
		this.#thread = thread;
		this.#table = new CodeTable(this.#dimensions);
	}

	#allowed(accept: (id: number) => boolean): Uint8Array {
		const allowed = new Uint8Array(Math.ceil(this.#ids.end / 8));
		for (const id of this.#ids.ids()) if (accept(id)) allowed[id >> 3]! |= 1 << (id & 7);
		return allowed;
	}
}
