/** BM25 as Anserini sets it: short passages want little saturation and little normalising by length. */
const k1 = 0.9;
const b = 0.4;
/** Share of dead entries at which postings are rewritten without them. */
const mostDead = 0.2;

/** What BM25 must know of a whole collection; of several, added up, they score as one. */
export interface KeywordStats {
	readonly passages: number;
	readonly totalLength: number;
	/** Passages that hold each of the query's terms. */
	readonly frequencies: readonly number[];
}

export function addStats(a: KeywordStats, other: KeywordStats): KeywordStats {
	return {
		passages: a.passages + other.passages,
		totalLength: a.totalLength + other.totalLength,
		frequencies: a.frequencies.map((frequency, at) => frequency + other.frequencies[at]!),
	};
}

/** Postings of passages in memory, ranked by BM25 (Robertson's, with the idf of Lucene). */
export class KeywordIndex {
	readonly #postings = new Map<string, Postings>();
	readonly #slotOf = new Map<number, number>();
	/** Passage of each slot; -1 where it has been removed. */
	#idOf = new Int32Array(1024);
	#lengthOf = new Float32Array(1024);
	#slots = 0;
	#totalLength = 0;

	get size(): number {
		return this.#slotOf.size;
	}

	/** `terms` are distinct; `counts[i]` is how often `terms[i]` occurs. The id must not be in the index. */
	add(id: number, terms: readonly string[], counts: Uint16Array): void {
		const slot = this.#takeSlot(id);
		let length = 0;
		for (const [at, term] of terms.entries()) {
			const count = counts[at]!;
			length += count;
			let postings = this.#postings.get(term);
			if (postings === undefined) {
				postings = new Postings();
				this.#postings.set(term, postings);
			}
			postings.add(slot, count);
		}
		this.#lengthOf[slot] = length;
		this.#totalLength += length;
	}

	remove(id: number): void {
		const slot = this.#slotOf.get(id);
		if (slot === undefined) return;
		this.#slotOf.delete(id);
		this.#idOf[slot] = -1;
		this.#totalLength -= this.#lengthOf[slot]!;
		if (this.#slots - this.size > Math.max(1000, mostDead * this.#slots)) this.#compact();
	}

	stats(terms: readonly string[]): KeywordStats {
		const isLive = (slot: number) => this.#idOf[slot]! >= 0;
		const frequencies = terms.map((term) => this.#postings.get(term)?.count(isLive) ?? 0);
		return { passages: this.size, totalLength: this.#totalLength, frequencies };
	}

	/**
	 * Scores of the passages that hold any of `terms`, by id. `stats` may be of more than this index; `weights[i]`
	 * multiplies what `terms[i]` gives.
	 */
	score(
		terms: readonly string[],
		stats: KeywordStats,
		weights?: readonly number[],
	): ReadonlyMap<number, number> {
		const sums = new Float32Array(this.#slots);
		const meanLength = stats.totalLength / Math.max(1, stats.passages);
		for (const [at, term] of terms.entries()) {
			const frequency = stats.frequencies[at]!;
			const rarity = Math.log(1 + (stats.passages - frequency + 0.5) / (frequency + 0.5));
			const idf = rarity * (weights?.[at] ?? 1);
			this.#postings.get(term)?.each((slot, count) => {
				const norm = k1 * (1 - b + (b * this.#lengthOf[slot]!) / meanLength);
				sums[slot]! += (idf * count * (k1 + 1)) / (count + norm);
			});
		}
		const scores = new Map<number, number>();
		for (const [slot, sum] of sums.entries()) {
			const id = this.#idOf[slot]!;
			if (sum > 0 && id >= 0) scores.set(id, sum);
		}
		return scores;
	}

	#takeSlot(id: number): number {
		const slot = this.#slots++;
		if (slot === this.#idOf.length) {
			this.#idOf = grown(this.#idOf, new Int32Array(slot * 2));
			this.#lengthOf = grown(this.#lengthOf, new Float32Array(slot * 2));
		}
		this.#slotOf.set(id, slot);
		this.#idOf[slot] = id;
		return slot;
	}

	/** Renumbers the slots without the dead ones; their order, and so that of all postings, stays. */
	#compact(): void {
		const renumbered = new Int32Array(this.#slots).fill(-1);
		let live = 0;
		for (let slot = 0; slot < this.#slots; slot++) {
			const id = this.#idOf[slot]!;
			if (id < 0) continue;
			this.#idOf[live] = id;
			this.#lengthOf[live] = this.#lengthOf[slot]!;
			this.#slotOf.set(id, live);
			renumbered[slot] = live++;
		}
		this.#slots = live;
		for (const [term, postings] of this.#postings)
			if (postings.renumber(renumbered) === 0) this.#postings.delete(term);
	}
}

/** Slots of the passages that hold a term, ascending, and how often each does. */
class Postings {
	#slots = new Int32Array(2);
	#counts = new Uint16Array(2);
	#size = 0;

	add(slot: number, count: number): void {
		if (this.#size === this.#slots.length) {
			this.#slots = grown(this.#slots, new Int32Array(this.#size * 2));
			this.#counts = grown(this.#counts, new Uint16Array(this.#size * 2));
		}
		this.#slots[this.#size] = slot;
		this.#counts[this.#size++] = count;
	}

	each(visit: (slot: number, count: number) => void): void {
		for (let at = 0; at < this.#size; at++) visit(this.#slots[at]!, this.#counts[at]!);
	}

	count(accept: (slot: number) => boolean): number {
		let found = 0;
		for (let at = 0; at < this.#size; at++) if (accept(this.#slots[at]!)) found++;
		return found;
	}

	/** Gives slots their new numbers and drops those that have none. Returns how many stay. */
	renumber(numbers: Int32Array): number {
		let kept = 0;
		for (let at = 0; at < this.#size; at++) {
			const slot = numbers[this.#slots[at]!]!;
			if (slot < 0) continue;
			this.#slots[kept] = slot;
			this.#counts[kept++] = this.#counts[at]!;
		}
		this.#size = kept;
		return kept;
	}
}

function grown<T extends Int32Array | Uint16Array | Float32Array>(old: T, bigger: T): T {
	bigger.set(old);
	return bigger;
}
