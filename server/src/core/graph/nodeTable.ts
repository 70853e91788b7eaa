import type { NodeId } from '../../ports/graph.ts';

const [note, tag, missing] = [0, 1, 2];

/** Numbers of nodes, and their order by id. Numbers stay; of a node that is gone too, until all are numbered anew. */
export class NodeTable {
	readonly #names: NodeId[];
	/** Of nodes that came since the names were sorted; the others are looked up by halving. */
	readonly #lateNumbers = new Map<NodeId, number>();
	#kinds: Uint8Array;
	/** Of nodes that came since, by their number less `sortedCount`: how many of the names sorted at first stand before. */
	readonly #latePlaces: number[] = [];
	readonly sortedCount: number;

	/** The first `sortedCount` of `names` are sorted by UTF-16 code unit; each is there once. Keeps and alters the list. */
	constructor(names: NodeId[], sortedCount = names.length) {
		this.#names = names;
		this.sortedCount = sortedCount;
		this.#kinds = new Uint8Array(names.length);
		// In order of their names nodes are in order of their kinds.
		const [firstNote, firstTag] = [this.#placeOf('note:'), this.#placeOf('tag:')];
		this.#kinds.fill(missing, 0, firstNote).fill(note, firstNote, firstTag).fill(tag, firstTag);
		for (let node = sortedCount; node < names.length; node++) {
			this.#kinds[node] = kindOf(names[node]!);
			this.#enterLate(names[node]!, node);
		}
	}

	get count(): number {
		return this.#names.length;
	}

	/** Whether so many came since that they are better numbered anew. */
	get isWasteful(): boolean {
		return this.count > 1.25 * this.sortedCount + 1000;
	}

	number(id: NodeId): number | undefined {
		const place = this.#placeOf(id);
		if (place < this.sortedCount && this.#names[place] === id) return place;
		return this.#lateNumbers.get(id);
	}

	intern(id: NodeId): number {
		const known = this.number(id);
		if (known !== undefined) return known;
		const node = this.#names.push(id) - 1;
		if (node >= this.#kinds.length) {
			const kinds = new Uint8Array(Math.ceil(node * 1.25) + 16);
			kinds.set(this.#kinds);
			this.#kinds = kinds;
		}
		this.#kinds[node] = kindOf(id);
		this.#enterLate(id, node);
		return node;
	}

	name(node: number): NodeId {
		return this.#names[node]!;
	}

	/** By number. */
	names(): readonly NodeId[] {
		return this.#names;
	}

	isNote(node: number): boolean {
		return this.#kinds[node] === note;
	}

	isTag(node: number): boolean {
		return this.#kinds[node] === tag;
	}

	isMissing(node: number): boolean {
		return this.#kinds[node] === missing;
	}

	/** By id, in UTF-16 code units. */
	readonly compare = (a: number, b: number): number => {
		if (a < this.sortedCount && b < this.sortedCount) return a - b;
		return a === b ? 0 : this.#rank(a) - this.#rank(b) || (this.#names[a]! < this.#names[b]! ? -1 : 1);
	};

	/** The same nodes in order of their ids. */
	sorted(nodes: Uint32Array): Uint32Array {
		const own = nodes.slice();
		// Almost always their numbers are their order.
		for (const node of own) if (node >= this.sortedCount) return own.sort(this.compare);
		return own.sort();
	}

	/** The first `count` by id, in order. */
	firstOf(nodes: Uint32Array, count: number): Uint32Array {
		// A wide level is not worth sorting for its beginning.
		const few = nodes.length > 4 * count && this.count === this.sortedCount;
		return this.sorted(few ? below(nodes, count, this.count) : nodes).subarray(0, count);
	}

	/** The last of the names sorted at first, by number, that does not stand after `node`; -1 where all of them do. */
	lastSortedUpTo(node: number): number {
		return node < this.sortedCount ? node : this.#latePlaces[node - this.sortedCount]! - 1;
	}

	/** Even for a name that was sorted at first, odd for one that came in between. */
	#rank(node: number): number {
		return node < this.sortedCount ? 2 * node : 2 * this.#latePlaces[node - this.sortedCount]! - 1;
	}

	#enterLate(id: NodeId, node: number): void {
		this.#lateNumbers.set(id, node);
		this.#latePlaces[node - this.sortedCount] = this.#placeOf(id);
	}

	/** How many of the names sorted at first stand before `id`. */
	#placeOf(id: string): number {
		let [low, high] = [0, this.sortedCount];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.#names[middle]! < id) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

const buckets = 1024;

/** The `count` smallest of `nodes`, which are below `end`, and some more, in no order. */
function below(nodes: Uint32Array, count: number, end: number): Uint32Array {
	const shift = Math.max(0, 32 - Math.clz32(end - 1) - Math.log2(buckets));
	const counts = new Uint32Array(buckets);
	for (const node of nodes) counts[node >>> shift]!++;
	let bucket = 0;
	for (let sum = counts[0]!; sum < count && bucket < buckets - 1; sum += counts[bucket]!) bucket++;
	return nodes.filter((node) => node >>> shift <= bucket);
}

function kindOf(id: NodeId): number {
	// The first letter tells.
	const first = id.charCodeAt(0);
	if (first === 0x6e) return note;
	return first === 0x74 ? tag : missing;
}

/** Kind of the edge from a tag to the one that it is within. */
export const parentKind = 'parent';

/** `undefined` for a tag that is within none. */
export function parentTag(id: NodeId): NodeId | undefined {
	const end = id.lastIndexOf('/');
	return end < 0 ? undefined : (id.slice(0, end) as NodeId);
}
