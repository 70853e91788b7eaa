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
		this.#kinds = Uint8Array.from(names, kindOf);
		for (let node = sortedCount; node < names.length; node++) this.#enterLate(names[node]!, node);
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
		return a === b
			? 0
			: this.#rank(a) - this.#rank(b) || (this.#names[a]! < this.#names[b]! ? -1 : 1);
	};

	/** The same nodes in order of their ids. */
	sorted(nodes: Uint32Array): Uint32Array {
		const own = nodes.slice();
		// Almost always their numbers are their order.
		for (const node of own) if (node >= this.sortedCount) return own.sort(this.compare);
		return own.sort();
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
	#placeOf(id: NodeId): number {
		let [low, high] = [0, this.sortedCount];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.#names[middle]! < id) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

function kindOf(id: NodeId): number {
	if (id.startsWith('note:')) return note;
	return id.startsWith('tag:') ? tag : missing;
}

/** `undefined` for a tag that is within none. */
export function parentTag(id: NodeId): NodeId | undefined {
	const end = id.lastIndexOf('/');
	return end < 0 ? undefined : (id.slice(0, end) as NodeId);
}
