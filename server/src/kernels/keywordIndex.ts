import { IdMap } from './idMap.ts';
import { KeywordScores } from './keywordScores.ts';
import { type PostingsImage, PostingsMemory } from './postingsMemory.ts';
import { PostingsRewrite, withRoom } from './postingsRewrite.ts';

/** As the kernel has it. */
const k1 = 0.9;
/** Share of removed passages at which postings are rewritten without them. */
const mostDead = 0.2;
/** So few of them do not pay for a rewrite. */
const leastDead = 1000;
/** Some milliseconds of rewriting; of the commonest word of a million passages some ten. */
const entriesPerSlice = 100_000;
/** Well below a millisecond of restoring. */
const itemsPerPause = 2048;

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

/** A keyword index as it lies in memory: views of it, which hold until the next passage comes or goes. */
export interface KeywordImage {
	readonly postings: PostingsImage;
	/** Passage of each slot; -1 where it has been removed. */
	readonly ids: Int32Array;
	/** In the order of their numbers. */
	readonly terms: Iterable<string>;
	readonly totalLength: number;
}

/** Lucene's idf: never below zero. */
export function idfOf({ passages }: KeywordStats, frequency: number): number {
	return Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5));
}

/** The score that a passage comes near to which holds every term ever more often; `weights` as in `score`. */
export function highestScore(stats: KeywordStats, weights?: readonly number[]): number {
	return stats.frequencies.reduce(
		(sum, frequency, at) => sum + (weights?.[at] ?? 1) * idfOf(stats, frequency) * (k1 + 1),
		0,
	);
}

/**
 * Compressed postings of passages in memory, ranked by BM25. A new passage's entries go to the ends of its terms'
 * postings; a removed one is passed over, and its entries go when `compact` is called.
 */
export class KeywordIndex {
	#numberOf = new Map<string, number>();
	#postings = new PostingsMemory();
	#slotOf = new IdMap();
	/** Passage of each slot; -1 where it has been removed. */
	#idOf = new Int32Array(1024);
	#totalLength = 0;
	#rewrite: PostingsRewrite | undefined;

	get size(): number {
		return this.#slotOf.size;
	}

	/** Terms there are, those of removed passages too until they are compacted. */
	get termCount(): number {
		return this.#numberOf.size;
	}

	/** Memory of the postings, bytes; the vocabulary's strings come on top. */
	get bytes(): number {
		return this.#postings.bytes + this.#idOf.byteLength;
	}

	/**
	 * `terms` are distinct; `counts[i]` is how often `terms[i]` occurs. The id must not be in the index. Returns those of
	 * the terms that no passage has held before, as far as the postings know.
	 */
	add(id: number, terms: readonly string[], counts: Uint16Array): readonly string[] {
		const fresh: string[] = [];
		const length = counts.reduce((sum, count) => sum + count, 0);
		const slot = this.#postings.addSlot(length);
		this.#idOf = withRoom(this.#idOf, slot);
		this.#idOf[slot] = id;
		this.#slotOf.set(id, slot);
		this.#totalLength += length;
		const numbers = terms.map((term, at) => {
			let number = this.#numberOf.get(term);
			if (number === undefined) {
				number = this.#postings.addTerm();
				this.#numberOf.set(term, number);
				fresh.push(term);
			}
			this.#postings.add(number, slot, counts[at]!);
			return number;
		});
		this.#rewrite?.added(terms, numbers, counts);
		return fresh;
	}

	remove(id: number): void {
		const slot = this.#slotOf.get(id);
		if (slot === undefined) return;
		this.#slotOf.delete(id);
		this.#idOf[slot] = -1;
		this.#totalLength -= this.#postings.removeSlot(slot);
		this.#rewrite?.removed(id);
	}

	get image(): KeywordImage {
		const postings = this.#postings.image;
		const ids = this.#idOf.subarray(0, postings.slots);
		return { postings, ids, terms: this.#numberOf.keys(), totalLength: this.#totalLength };
	}

	/**
	 * Makes an empty index that of an image, whose heap of so many bytes `fill` writes into its place. Where that fails, it
	 * stays empty. `pause` is for others to get their turn.
	 */
	async restore(
		{
			postings: image,
			ids,
			terms,
			totalLength,
		}: Omit<KeywordImage, 'postings'> & {
			readonly postings: Omit<PostingsImage, 'heap'>;
		},
		heapBytes: number,
		fill: (heap: Uint8Array) => Promise<void>,
		pause: () => Promise<void>,
	): Promise<void> {
		const postings = new PostingsMemory();
		await postings.restore(image, heapBytes, fill);
		const numberOf = new Map<string, number>();
		for (const term of terms) {
			numberOf.set(term, numberOf.size);
			if (numberOf.size % itemsPerPause === 0) await pause();
		}
		const slotOf = new IdMap();
		for (const [slot, id] of ids.entries()) {
			if (id >= 0) slotOf.set(id, slot);
			if (slot % itemsPerPause === 0) await pause();
		}
		this.#postings = postings;
		this.#numberOf = numberOf;
		this.#slotOf = slotOf;
		this.#idOf = Int32Array.from(ids);
		this.#totalLength = totalLength;
	}

	/** Whether so much is left of removed passages that `compact` has something to do. */
	get isWasteful(): boolean {
		const dead = this.#postings.slots - this.size;
		return this.#rewrite !== undefined || dead > Math.max(leastDead, mostDead * this.#postings.slots);
	}

	/** Does a slice of rewriting the postings without removed passages. Returns whether there is more to do. */
	compact(entries = entriesPerSlice): boolean {
		if (!this.isWasteful) return false;
		this.#rewrite ??= new PostingsRewrite({
			postings: this.#postings,
			numberOf: this.#numberOf,
			idOf: (slot) => this.#idOf[slot]!,
		});
		if (!this.#rewrite.step(entries)) return true;
		const { postings, numberOf, idOf, slotOf } = this.#rewrite;
		this.#postings = postings;
		this.#numberOf = numberOf;
		this.#idOf = idOf;
		this.#slotOf = slotOf;
		this.#rewrite = undefined;
		return this.isWasteful;
	}

	stats(terms: readonly string[]): KeywordStats {
		const frequencies = terms.map((term) => {
			const number = this.#numberOf.get(term);
			return number === undefined ? 0 : this.#postings.count(number);
		});
		return { passages: this.size, totalLength: this.#totalLength, frequencies };
	}

	/**
	 * Scores of the passages that hold any of `terms`. `stats` may be of more than this index; `weights[i]`, 1 where
	 * there is none, is what the part of `terms[i]` is multiplied by.
	 */
	score(terms: readonly string[], stats: KeywordStats, weights?: readonly number[]): KeywordScores {
		const meanLength = stats.totalLength / Math.max(1, stats.passages);
		const parts = terms.flatMap((term, at) => {
			const number = this.#numberOf.get(term);
			const weight = weights?.[at] ?? 1;
			return number === undefined ? [] : [{ number, idf: weight * idfOf(stats, stats.frequencies[at]!) }];
		});
		return new KeywordScores(this.#postings.score(parts, meanLength), this.#idOf, this.#slotOf);
	}
}
