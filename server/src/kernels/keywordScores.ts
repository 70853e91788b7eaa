import type { IdMap } from './idMap.ts';
import { Best, type Scored } from './topK.ts';

/** Scores of one question: they stay as they are while the index goes on, but for passages removed since. */
export class KeywordScores {
	readonly #sums: Float32Array;
	readonly #idOf: Int32Array;
	readonly #slotOf: IdMap;

	constructor(sums: Float32Array, idOf: Int32Array, slotOf: IdMap) {
		this.#sums = sums;
		this.#idOf = idOf;
		this.#slotOf = slotOf;
	}

	/** `undefined` for a passage that holds none of the terms. */
	get(id: number): number | undefined {
		const slot = this.#slotOf.get(id);
		const sum = slot === undefined ? undefined : this.#sums[slot];
		return sum === undefined || sum <= 0 ? undefined : sum;
	}

	/** Multiplies the scores of some passages by `factor`. */
	weaken(ids: Iterable<number>, factor: number): void {
		for (const id of ids) {
			const slot = this.#slotOf.get(id);
			if (slot !== undefined && slot < this.#sums.length) this.#sums[slot]! *= factor;
		}
	}

	/** The `k` best of those accepted, best first; equal scores by the lower id. */
	top(k: number, accept: (id: number) => boolean): readonly Scored[] {
		const best = new Best(k);
		const sums = this.#sums;
		// A local number, with what scores nothing below it: this loop looks at every passage.
		let floor = Number.MIN_VALUE;
		for (let slot = 0; slot < sums.length; slot++) {
			const sum = sums[slot]!;
			if (sum < floor) continue;
			const id = this.#idOf[slot]!;
			if (id < 0 || !accept(id)) continue;
			best.add(id, sum);
			if (best.floor > floor) floor = best.floor;
		}
		return best.sorted();
	}

	*[Symbol.iterator](): Iterator<readonly [number, number]> {
		for (const [slot, sum] of this.#sums.entries()) {
			const id = this.#idOf[slot]!;
			if (sum > 0 && id >= 0) yield [id, sum];
		}
	}
}
