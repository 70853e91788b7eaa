import { IdMap } from './idMap.ts';
import { PostingsMemory } from './postingsMemory.ts';

/** The postings that are rewritten, which go on living meanwhile. */
interface OldPostings {
	readonly postings: PostingsMemory;
	/** Terms in the order of their numbers. */
	readonly numberOf: ReadonlyMap<string, number>;
	/** Passage of each slot; negative where it has been removed. */
	idOf(slot: number): number;
}

/**
 * Copies postings without what is gone, a slice at a time: first the slots, then term by term, in their order. Into a
 * new memory, because answers may still hold what the old slots stand for. The old ones may change between slices, if
 * each change is told: what lies behind has then to be changed here as well, what lies ahead will be come to.
 */
export class PostingsRewrite {
	readonly postings = new PostingsMemory();
	readonly numberOf = new Map<string, number>();
	readonly slotOf = new IdMap();
	idOf = new Int32Array(1024);
	readonly #old: OldPostings;
	readonly #terms: Iterator<readonly [string, number]>;
	/** New slot of each old one; -1 where it has none. */
	#moved = new Int32Array(1024);
	#slotsDone = 0;
	#termsDone = 0;

	constructor(old: OldPostings) {
		this.#old = old;
		this.#terms = old.numberOf.entries();
	}

	/** Copies about `entries`, one term at least. Returns whether all is copied. */
	step(entries: number): boolean {
		const { postings } = this.#old;
		let left = entries;
		for (; this.#slotsDone < postings.slots; left--) {
			if (left <= 0) return false;
			this.#moveSlot();
		}
		while (left > 0) {
			const { value, done } = this.#terms.next();
			if (done === true) return true;
			const [term, number] = value;
			this.#termsDone = number + 1;
			postings.each(number, (slot, count) => {
				left--;
				if (this.#moved[slot]! >= 0) this.postings.add(this.#numberOf(term), this.#moved[slot]!, count);
			});
			left--;
		}
		return false;
	}

	/** The old postings have a new last slot; `numbers` are the old ones of `terms`. */
	added(terms: readonly string[], numbers: readonly number[], counts: Uint16Array): void {
		if (this.#slotsDone < this.#old.postings.slots - 1) return;
		const slot = this.#moveSlot();
		for (const [at, term] of terms.entries()) {
			if (numbers[at]! < this.#termsDone) this.postings.add(this.#numberOf(term), slot, counts[at]!);
		}
	}

	/** A passage has gone from the old postings. */
	removed(id: number): void {
		const slot = this.slotOf.get(id);
		if (slot === undefined) return;
		this.slotOf.delete(id);
		this.idOf[slot] = -1;
		this.postings.removeSlot(slot);
	}

	/** Gives the next old slot its new one; returns it, -1 where its passage has gone. */
	#moveSlot(): number {
		const slot = this.#slotsDone++;
		const id = this.#old.idOf(slot);
		this.#moved = withRoom(this.#moved, slot);
		this.#moved[slot] = -1;
		if (id < 0) return -1;
		const moved = this.postings.addSlot(this.#old.postings.lengthOf(slot));
		this.#moved[slot] = moved;
		this.idOf = withRoom(this.idOf, moved);
		this.idOf[moved] = id;
		this.slotOf.set(id, moved);
		return moved;
	}

	#numberOf(term: string): number {
		const known = this.numberOf.get(term);
		if (known !== undefined) return known;
		const number = this.postings.addTerm();
		this.numberOf.set(term, number);
		return number;
	}
}

/** The same numbers, with a place `at`. */
export function withRoom(numbers: Int32Array<ArrayBuffer>, at: number): Int32Array<ArrayBuffer> {
	if (at < numbers.length) return numbers;
	const bigger = new Int32Array(Math.ceil(((at + 1) * 5) / 4));
	bigger.set(numbers);
	return bigger;
}
