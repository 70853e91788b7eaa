/** Rows a block: growing adds a block, and never copies what is there. */
const rowsPerBlock = 1024;

/** Every vector's similarity to a query; `scores[i]` belongs to `ids[i]`. */
export interface VectorScores {
	readonly ids: Int32Array;
	readonly scores: Float32Array;
}

/**
 * Unit vectors in memory, scanned whole: the exact cosine of each to a query. Rows lie side by side in blocks;
 * a removed row is filled by the last one, so that a scan has no gaps.
 */
export class VectorIndex {
	readonly #dimensions: number;
	readonly #blocks: Float32Array[] = [];
	readonly #rowOf = new Map<number, number>();
	#ids = new Int32Array(rowsPerBlock);

	constructor(dimensions: number) {
		this.#dimensions = dimensions;
	}

	get size(): number {
		return this.#rowOf.size;
	}

	has(id: number): boolean {
		return this.#rowOf.has(id);
	}

	/** Throws where `vector` has another length, or a number in it that is not finite. */
	set(id: number, vector: Float32Array): void {
		if (vector.length !== this.#dimensions || !vector.every(Number.isFinite)) {
			throw new RangeError(`vector ${id} must hold ${this.#dimensions} finite numbers`);
		}
		const row = this.#rowOf.get(id) ?? this.#append(id);
		this.#row(row).set(vector);
	}

	/** The stored row itself: valid until the index changes. */
	get(id: number): Float32Array | undefined {
		const row = this.#rowOf.get(id);
		return row === undefined ? undefined : this.#row(row);
	}

	remove(id: number): void {
		const row = this.#rowOf.get(id);
		if (row === undefined) return;
		const last = this.#rowOf.size - 1;
		if (row !== last) {
			const moved = this.#ids[last]!;
			this.#row(row).set(this.#row(last));
			this.#ids[row] = moved;
			this.#rowOf.set(moved, row);
		}
		this.#rowOf.delete(id);
	}

	/** Cosines of all vectors to the unit vector `query`. */
	score(query: Float32Array): VectorScores {
		const { size } = this;
		const scores = new Float32Array(size);
		for (let first = 0; first < size; first += rowsPerBlock) {
			const rows = Math.min(rowsPerBlock, size - first);
			scoreBlock(this.#blocks[first / rowsPerBlock]!, query, scores.subarray(first, first + rows));
		}
		return { ids: this.#ids.slice(0, size), scores };
	}

	/** Cosine of one vector to the unit vector `query`. */
	scoreOf(id: number, query: Float32Array): number | undefined {
		const vector = this.get(id);
		if (vector === undefined) return undefined;
		const score = new Float32Array(1);
		scoreBlock(vector, query, score);
		return score[0];
	}

	#append(id: number): number {
		const row = this.#rowOf.size;
		if (row === this.#blocks.length * rowsPerBlock) {
			this.#blocks.push(new Float32Array(rowsPerBlock * this.#dimensions));
			const ids = new Int32Array(this.#blocks.length * rowsPerBlock);
			ids.set(this.#ids.subarray(0, row));
			this.#ids = ids;
		}
		this.#ids[row] = id;
		this.#rowOf.set(id, row);
		return row;
	}

	#row(row: number): Float32Array {
		const start = (row % rowsPerBlock) * this.#dimensions;
		return this.#blocks[Math.floor(row / rowsPerBlock)]!.subarray(start, start + this.#dimensions);
	}
}

/** Four sums side by side: one would wait for itself at every step. */
function scoreBlock(block: Float32Array, query: Float32Array, scores: Float32Array): void {
	const dimensions = query.length;
	const whole = dimensions - (dimensions % 4);
	for (let row = 0; row < scores.length; row++) {
		const start = row * dimensions;
		let a = 0;
		let b = 0;
		let c = 0;
		let d = 0;
		for (let i = 0; i < whole; i += 4) {
			a += block[start + i]! * query[i]!;
			b += block[start + i + 1]! * query[i + 1]!;
			c += block[start + i + 2]! * query[i + 2]!;
			d += block[start + i + 3]! * query[i + 3]!;
		}
		for (let i = whole; i < dimensions; i++) a += block[start + i]! * query[i]!;
		scores[row] = a + b + c + d;
	}
}
