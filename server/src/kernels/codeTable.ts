import { IdMap } from './idMap.ts';
import { KernelMemory } from './instance.ts';
import { encodeQuery } from './queryCodes.ts';

/** Passages that can be among the best: each one's score is at most its upper bound. Highest bound first. */
export interface Candidates {
	readonly ids: Int32Array<ArrayBuffer>;
	readonly upper: Float64Array<ArrayBuffer>;
}

/** Scores by codes alone, near the exact ones; `scores[i]` belongs to `ids[i]`. */
export interface ApproximateScores {
	readonly ids: Int32Array<ArrayBuffer>;
	readonly scores: Float32Array<ArrayBuffer>;
}

/** Rows that are scanned with one mask, and candidates that are written at once. */
const rowsAtOnce = 16_384;
const candidatesAtOnce = 2048;
const candidateBytes = 16;
/** More than anyone asks for. */
const mostWanted = 8192;
const tailBytes = 16;

/**
 * Vectors as one signed byte a number, with what that leaves out: a scan gives every passage that can be among the
 * best by the exact score, and few others. Rows lie side by side in WebAssembly's memory; a removed row is filled by the
 * last one.
 */
export class CodeTable {
	readonly #dimensions: number;
	readonly #codeBytes: number;
	readonly #stride: number;
	readonly #rowOf = new IdMap();
	readonly #query: number;
	readonly #heap: number;
	readonly #mask: number;
	readonly #out: number;
	readonly #vector: number;
	readonly #rows: number;
	/** Made with the first row: an index without vectors costs nothing. */
	#made: KernelMemory | undefined;

	constructor(dimensions: number) {
		this.#dimensions = dimensions;
		this.#codeBytes = Math.ceil(dimensions / 64) * 64;
		this.#stride = this.#codeBytes + tailBytes;
		// The first KiB is left to the compiler.
		this.#query = 1024;
		this.#vector = this.#query + this.#codeBytes * 2;
		this.#heap = this.#vector + this.#codeBytes * 4;
		this.#mask = this.#heap + mostWanted * 8;
		this.#out = this.#mask + rowsAtOnce;
		this.#rows = this.#out + Math.max(candidatesAtOnce * candidateBytes, rowsAtOnce * 4);
	}

	get size(): number {
		return this.#rowOf.size;
	}

	get bytes(): number {
		return this.#made?.bytes ?? 0;
	}

	has(id: number): boolean {
		return this.#rowOf.has(id);
	}

	/** Adds or replaces. Throws where `vector` has another length, or a number in it that is not finite. */
	set(id: number, vector: Float32Array): void {
		const known = this.#rowOf.get(id);
		const row = known ?? this.size;
		const memory = this.#memory();
		memory.ensure(this.#addressOf(row + 1));
		if (vector.length === this.#dimensions) {
			new Float32Array(memory.buffer, this.#vector, this.#dimensions).set(vector);
			const to = this.#addressOf(row);
			if (memory.kernels.quantize(this.#vector, this.#dimensions, to, this.#codeBytes) === 1) {
				new Int32Array(memory.buffer, to + this.#codeBytes + 12, 1)[0] = id;
				this.#rowOf.set(id, row);
				return;
			}
		}
		throw new RangeError(`vector ${id} must hold ${this.#dimensions} finite numbers`);
	}

	remove(id: number): void {
		const row = this.#rowOf.get(id);
		if (row === undefined) return;
		const last = this.size - 1;
		if (row !== last) {
			const from = this.#addressOf(last);
			const bytes = new Uint8Array(this.#memory().buffer);
			bytes.copyWithin(this.#addressOf(row), from, from + this.#stride);
			this.#rowOf.set(this.#idAt(row), row);
		}
		this.#rowOf.delete(id);
	}

	/** All that can be among the `k` best of those accepted, by the exact score, and none that must be below `least`. */
	scan(query: Float32Array, k: number, least = -Infinity, accept?: (id: number) => boolean): Candidates {
		if (k > mostWanted) throw new RangeError(`at most ${mostWanted} can be asked for, not ${k}`);
		if (this.size === 0 || k === 0) return { ids: new Int32Array(), upper: new Float64Array() };
		const { kernels } = this.#ask(query);
		kernels.begin(k, least, this.#heap);
		const found: { readonly id: number; readonly upper: number }[] = [];
		for (let first = 0; first < this.size; ) {
			const count = Math.min(rowsAtOnce, this.size - first);
			const mask = accept === undefined ? 0 : this.#writeMask(first, count, accept);
			first += kernels.scan(this.#addressOf(first), count, mask, this.#out, candidatesAtOnce);
			this.#collect(kernels.found.value, found);
		}
		const floor = kernels.currentFloor();
		const kept = found.filter(({ upper }) => upper >= floor).sort((a, b) => b.upper - a.upper);
		return {
			ids: Int32Array.from(kept, ({ id }) => id),
			upper: Float64Array.from(kept, ({ upper }) => upper),
		};
	}

	approximate(query: Float32Array): ApproximateScores {
		const { size } = this;
		const scores = new Float32Array(size);
		const ids = new Int32Array(size);
		if (size === 0) return { ids, scores };
		const { kernels, buffer } = this.#ask(query);
		for (let first = 0; first < size; first += rowsAtOnce) {
			const count = Math.min(rowsAtOnce, size - first);
			kernels.approximate(this.#addressOf(first), count, this.#out);
			scores.set(new Float32Array(buffer, this.#out, count), first);
		}
		for (let row = 0; row < size; row++) ids[row] = this.#idAt(row);
		return { ids, scores };
	}

	ids(): Iterable<number> {
		return this.#rowOf.ids();
	}

	/** Copies of the rows, in parts: what `adopt` takes. */
	*rows(): Iterable<Uint8Array<ArrayBuffer>> {
		for (let first = 0; first < this.size; first += rowsAtOnce) {
			const end = Math.min(this.size, first + rowsAtOnce);
			yield new Uint8Array(this.#memory().buffer.slice(this.#addressOf(first), this.#addressOf(end)));
		}
	}

	/** Adds rows of another table; none of their ids may be here. */
	adopt(rows: Uint8Array): void {
		const first = this.size;
		const memory = this.#memory();
		const count = rows.byteLength / this.#stride;
		memory.ensure(this.#addressOf(first + count));
		new Uint8Array(memory.buffer).set(rows, this.#addressOf(first));
		for (let row = first; row < first + count; row++) this.#rowOf.set(this.#idAt(row), row);
	}

	#memory(): KernelMemory {
		if (this.#made === undefined) {
			this.#made = new KernelMemory();
			this.#made.ensure(this.#rows);
		}
		return this.#made;
	}

	#ask(query: Float32Array): KernelMemory {
		if (query.length !== this.#dimensions) {
			throw new RangeError(`the query must hold ${this.#dimensions} numbers, not ${query.length}`);
		}
		const memory = this.#memory();
		const { codes, scale, norm, error } = encodeQuery(query);
		const to = new Int16Array(memory.buffer, this.#query, this.#codeBytes);
		to.fill(0);
		to.set(codes);
		memory.kernels.ask(this.#query, scale, norm, error, this.#codeBytes);
		return memory;
	}

	#writeMask(first: number, count: number, accept: (id: number) => boolean): number {
		const mask = new Uint8Array(this.#memory().buffer, this.#mask, count);
		for (let at = 0; at < count; at++) mask[at] = accept(this.#idAt(first + at)) ? 1 : 0;
		return this.#mask;
	}

	#collect(count: number, found: { readonly id: number; readonly upper: number }[]): void {
		const { buffer } = this.#memory();
		const uppers = new Float64Array(buffer, this.#out, count * 2);
		const ids = new Int32Array(buffer, this.#out, count * 4);
		for (let at = 0; at < count; at++) found.push({ id: ids[at * 4 + 2]!, upper: uppers[at * 2]! });
	}

	#addressOf(row: number): number {
		return this.#rows + row * this.#stride;
	}

	#idAt(row: number): number {
		const tail = this.#addressOf(row) + this.#codeBytes + 12;
		return this.#ints()[tail / 4]!;
	}

	#view: Int32Array | undefined;

	/** One view for all reads of ids, made again after the memory has grown. */
	#ints(): Int32Array {
		const { buffer } = this.#memory();
		if (this.#view?.buffer !== buffer) this.#view = new Int32Array(buffer);
		return this.#view;
	}
}
