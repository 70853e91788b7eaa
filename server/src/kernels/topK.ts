/** An id and its score. */
export interface Scored {
	readonly id: number;
	readonly score: number;
}

/** The `k` best, best first; equal scores go by the lower id, so that an answer never depends on the order of rows. */
export function topK(scored: Iterable<Scored>, k: number): readonly Scored[] {
	const best = new Best(k);
	for (const { id, score } of scored) best.add(id, score);
	return best.sorted();
}

/** Keeps the `k` best of what is added, equal scores by the lower id. */
export class Best {
	readonly #k: number;
	readonly #heap: Scored[] = [];
	#floor = -Infinity;

	constructor(k: number) {
		this.#k = k;
		if (k === 0) this.#floor = Infinity;
	}

	/** What scores below it is not among the best. */
	get floor(): number {
		return this.#floor;
	}

	add(id: number, score: number): void {
		const heap = this.#heap;
		const candidate = { id, score };
		if (heap.length < this.#k) {
			heap.push(candidate);
			siftUp(heap);
		} else if (this.#k > 0 && isBetter(candidate, heap[0]!)) {
			heap[0] = candidate;
			siftDown(heap);
		}
		if (this.#k > 0 && heap.length === this.#k) this.#floor = heap[0]!.score;
	}

	/** Best first. */
	sorted(): readonly Scored[] {
		return this.#heap.toSorted((a, b) => (isBetter(a, b) ? -1 : 1));
	}
}
function isBetter(a: Scored, b: Scored): boolean {
	return a.score > b.score || (a.score === b.score && a.id < b.id);
}

/** The worst stands at the root: it is the one to beat. */
function siftUp(heap: Scored[]): void {
	let at = heap.length - 1;
	while (at > 0) {
		const parent = (at - 1) >> 1;
		if (!isBetter(heap[parent]!, heap[at]!)) return;
		swap(heap, at, parent);
		at = parent;
	}
}

function siftDown(heap: Scored[]): void {
	let at = 0;
	for (;;) {
		const left = 2 * at + 1;
		if (left >= heap.length) return;
		const right = left + 1;
		const worse = right < heap.length && isBetter(heap[left]!, heap[right]!) ? right : left;
		if (!isBetter(heap[at]!, heap[worse]!)) return;
		swap(heap, at, worse);
		at = worse;
	}
}

function swap(heap: Scored[], a: number, b: number): void {
	[heap[a], heap[b]] = [heap[b]!, heap[a]!];
}
