import type { NodeId } from '../../ports/graph.ts';

const [note, tag, missing] = [0, 1, 2];

/** Numbers of nodes, and their order by id. Numbers stay; of a node that is gone too, until all are numbered anew. */
export class NodeTable {
	readonly #names: NodeId[];
	readonly #numbers = new Map<NodeId, number>();
	readonly #kinds: number[] = [];
	/** Places among the names that were sorted at first: even for those, odd for one that came in between. */
	readonly #ranks: number[] = [];
	readonly #sortedCount: number;

	/** `names` are sorted by UTF-16 code unit, each once. */
	constructor(names: readonly NodeId[]) {
		this.#names = [...names];
		this.#sortedCount = names.length;
		for (const [at, name] of names.entries()) {
			this.#numbers.set(name, at);
			this.#kinds.push(kindOf(name));
			this.#ranks.push(2 * at);
		}
	}

	get count(): number {
		return this.#names.length;
	}

	/** Whether so many came since that they are better numbered anew. */
	get isWasteful(): boolean {
		return this.count > 1.25 * this.#sortedCount + 1000;
	}

	number(id: NodeId): number | undefined {
		return this.#numbers.get(id);
	}

	intern(id: NodeId): number {
		const known = this.#numbers.get(id);
		if (known !== undefined) return known;
		const node = this.#names.push(id) - 1;
		this.#numbers.set(id, node);
		this.#kinds.push(kindOf(id));
		this.#ranks.push(2 * this.#placeOf(id) - 1);
		return node;
	}

	name(node: number): NodeId {
		return this.#names[node]!;
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
		if (a === b) return 0;
		return this.#ranks[a]! - this.#ranks[b]! || (this.#names[a]! < this.#names[b]! ? -1 : 1);
	};

	/** How many of the names sorted at first stand before `id`. */
	#placeOf(id: NodeId): number {
		let [low, high] = [0, this.#sortedCount];
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
