import type { Slices } from '../slices.ts';

/** Edges without holes: those of node n are the next `degrees[n]` of `nodes` and `kinds`. */
export interface EdgeLists {
	readonly degrees: Uint32Array;
	readonly nodes: Uint32Array;
	readonly kinds: Uint16Array;
}

/** Room that a list which grows is given beyond what it holds. */
const spare = 4;

/**
 * The edges of all nodes in one direction, flat: those of node n lie at `start[n]` to `end[n]` of `nodes` and `kinds`.
 * A list that outgrows its place moves to the end; `compact` closes the holes.
 */
export class EdgePool {
	start: Uint32Array;
	end: Uint32Array;
	nodes: Uint32Array;
	kinds: Uint16Array;
	/** Where the place of each list ends. */
	#roof: Uint32Array;
	#used: number;
	#live: number;

	private constructor(start: Uint32Array, end: Uint32Array, nodes: Uint32Array, kinds: Uint16Array) {
		this.start = start;
		this.end = end;
		this.nodes = nodes;
		this.kinds = kinds;
		this.#roof = end.slice();
		this.#used = nodes.length;
		this.#live = nodes.length;
	}

	/** Of `count` nodes; edge i leads `from[i]` `to[i]`, by kind `kinds[i]`; each node's keep their order. */
	static async of(
		count: number,
		from: Uint32Array,
		to: Uint32Array,
		kinds: Uint16Array,
		slices: Slices,
	): Promise<EdgePool> {
		const degrees = new Uint32Array(count);
		await slices.runs(from.length, (start, end) => {
			for (let edge = start; edge < end; edge++) degrees[from[edge]!]!++;
		});
		const pool = EdgePool.#withRoom(degrees, to.length);
		const { nodes, kinds: ownKinds } = pool;
		const next = pool.start.slice();
		await slices.runs(from.length, (start, end) => {
			for (let edge = start; edge < end; edge++) {
				const at = next[from[edge]!]!++;
				nodes[at] = to[edge]!;
				ownKinds[at] = kinds[edge]!;
			}
		});
		return pool;
	}

	/** Keeps the lists. */
	static ofLists({ degrees, nodes, kinds }: EdgeLists): EdgePool {
		const [start, end] = [new Uint32Array(degrees.length), new Uint32Array(degrees.length)];
		let used = 0;
		for (let node = 0; node < degrees.length; node++) {
			start[node] = used;
			used += degrees[node]!;
			end[node] = used;
		}
		return new EdgePool(start, end, nodes, kinds);
	}

	/** The same edges of `count` nodes in the other direction, by number of the node that they lead to. */
	async turned(count: number, slices: Slices): Promise<EdgePool> {
		const { start, end, nodes, kinds } = this;
		const degrees = new Uint32Array(count);
		await slices.runs(count, (first, last) => {
			for (let node = first; node < last; node++) {
				for (let at = start[node]!; at < end[node]!; at++) degrees[nodes[at]!]!++;
			}
		});
		const turned = EdgePool.#withRoom(degrees, this.#live);
		const { nodes: sources, kinds: ownKinds } = turned;
		const next = turned.start.slice();
		await slices.runs(count, (first, last) => {
			for (let node = first; node < last; node++) {
				const stop = end[node]!;
				for (let at = start[node]!; at < stop; at++) {
					const to = nodes[at]!;
					const place = next[to]!;
					next[to] = place + 1;
					sources[place] = node;
					ownKinds[place] = kinds[at]!;
				}
			}
		});
		return turned;
	}

	/** A copy of the edges of `count` nodes. */
	lists(count: number): EdgeLists {
		const degrees = new Uint32Array(count);
		const [nodes, kinds] = [new Uint32Array(this.#live), new Uint16Array(this.#live)];
		let used = 0;
		for (let node = 0; node < count; node++) {
			degrees[node] = this.degree(node);
			for (let at = this.start[node]!; at < this.end[node]!; at++) {
				nodes[used] = this.nodes[at]!;
				kinds[used++] = this.kinds[at]!;
			}
		}
		return { degrees, nodes, kinds };
	}

	static #withRoom(degrees: Uint32Array, edges: number): EdgePool {
		return EdgePool.ofLists({ degrees, nodes: new Uint32Array(edges), kinds: new Uint16Array(edges) });
	}

	get edgeCount(): number {
		return this.#live;
	}

	/** Whether more of it is holes than edges. */
	get isWasteful(): boolean {
		return this.#used > 2 * this.#live + 4096;
	}

	degree(node: number): number {
		return this.end[node]! - this.start[node]!;
	}

	/** Makes room for nodes up to `count`. */
	growTo(count: number): void {
		if (count <= this.start.length) return;
		const size = Math.max(count, Math.ceil(this.start.length * 1.25) + 16);
		this.start = grown(this.start, size);
		this.end = grown(this.end, size);
		this.#roof = grown(this.#roof, size);
	}

	add(node: number, to: number, kind: number): void {
		if (this.end[node] === this.#roof[node]) this.#move(node);
		const at = this.end[node]!++;
		this.nodes[at] = to;
		this.kinds[at] = kind;
		this.#live++;
	}

	/** Removes one such edge, if there is one. */
	remove(node: number, to: number, kind: number): void {
		const last = this.end[node]! - 1;
		for (let at = this.start[node]!; at <= last; at++) {
			if (this.nodes[at] !== to || this.kinds[at] !== kind) continue;
			this.nodes[at] = this.nodes[last]!;
			this.kinds[at] = this.kinds[last]!;
			this.end[node] = last;
			this.#live--;
			return;
		}
	}

	clear(node: number): void {
		this.#live -= this.degree(node);
		this.end[node] = this.start[node]!;
	}

	compact(): void {
		const [nodes, kinds] = [new Uint32Array(this.#live), new Uint16Array(this.#live)];
		let used = 0;
		for (let node = 0; node < this.start.length; node++) {
			const [start, end] = [this.start[node]!, this.end[node]!];
			nodes.set(this.nodes.subarray(start, end), used);
			kinds.set(this.kinds.subarray(start, end), used);
			this.start[node] = used;
			used += end - start;
			this.end[node] = used;
		}
		this.nodes = nodes;
		this.kinds = kinds;
		this.#roof = this.end.slice();
		this.#used = used;
	}

	#move(node: number): void {
		const [start, end] = [this.start[node]!, this.end[node]!];
		const room = Math.ceil((end - start) * 1.25) + spare;
		if (this.#used + room > this.nodes.length) {
			const size = Math.ceil((this.#used + room) * 1.25);
			this.nodes = grown(this.nodes, size);
			this.kinds = grown(this.kinds, size);
		}
		this.nodes.copyWithin(this.#used, start, end);
		this.kinds.copyWithin(this.#used, start, end);
		this.start[node] = this.#used;
		this.end[node] = this.#used + end - start;
		this.#used += room;
		this.#roof[node] = this.#used;
	}
}

function grown<T extends Uint32Array | Uint16Array>(array: T, size: number): T {
	const larger = new (array.constructor as new (length: number) => T)(size);
	larger.set(array);
	return larger;
}
