import type { GraphChange, GraphCounts, GraphEdge, GraphNote, NodeId } from '../../ports/graph.ts';
import type { Slices } from '../slices.ts';
import { EdgePool } from './edgePool.ts';
import { NodeTable, parentTag } from './nodeTable.ts';
import { sortNames } from './sortNames.ts';

/** Kind of the edge from a tag to the one that it is within. */
const parentKind = 'parent';

/** All that a graph is, by number of node; its edges flat, those of one node after those of the one before. */
export interface TableParts {
	readonly names: NodeId[];
	/** So many names, the first, are in order. */
	readonly sortedCount: number;
	readonly titles: (string | undefined)[];
	readonly kinds: readonly string[];
	readonly degrees: Uint32Array;
	readonly targets: Uint32Array;
	readonly edgeKinds: Uint16Array;
}

/** A graph as numbers: nodes, and their edges along (`out`) and against (`in`). Never half changed. */
export class GraphTables {
	readonly nodes: NodeTable;
	readonly out: EdgePool;
	readonly in: EdgePool;
	readonly #kinds: string[];
	readonly #kindNumbers: Map<string, number>;
	/** Of notes that were put, by node. */
	readonly #titles: (string | undefined)[];
	#noteCount = 0;

	private constructor(
		nodes: NodeTable,
		titles: (string | undefined)[],
		kinds: Map<string, number>,
		out: EdgePool,
		against: EdgePool,
	) {
		this.nodes = nodes;
		this.#titles = titles;
		for (let node = 0; node < titles.length; node++) if (titles[node] !== undefined) this.#noteCount++;
		this.out = out;
		this.in = against;
		this.#kindNumbers = kinds;
		this.#kinds = [...kinds.keys()];
	}

	/** Of all `notes`, in slices. */
	static async of(notes: readonly GraphNote[], slices: Slices): Promise<GraphTables> {
		const numbers = new Map<NodeId, number>();
		let count = 0;
		for (const { id, edges } of notes) {
			numbers.set(id, 0);
			for (const { to } of edges) numbers.set(to, 0);
			count += edges.length;
			await slices.pause();
		}
		for (const name of numbers.keys()) {
			const parent = name.startsWith('tag:') ? parentTag(name) : undefined;
			// A map that grows is gone through to its new end.
			if (parent !== undefined) numbers.set(parent, 0);
			count += parent === undefined ? 0 : 1;
		}
		const names = [...(await sortNames([...numbers.keys()], slices))];
		for (let node = 0; node < names.length; node++) numbers.set(names[node]!, node);
		const nodes = new NodeTable(names);
		await slices.pause();
		const [from, to, kinds] = [new Uint32Array(count), new Uint32Array(count), new Uint16Array(count)];
		const kindNumbers = new Map<string, number>();
		let at = 0;
		const add = (source: number, edge: GraphEdge) => {
			from[at] = source;
			to[at] = numbers.get(edge.to)!;
			kinds[at++] = numberOf(kindNumbers, edge.kind);
		};
		for (const { id, edges } of notes) {
			const source = numbers.get(id)!;
			for (const edge of edges) add(source, edge);
			await slices.pause();
		}
		for (let node = 0; node < nodes.count; node++) {
			const parent = nodes.isTag(node) ? parentTag(nodes.name(node)) : undefined;
			if (parent !== undefined) add(node, { to: parent, kind: parentKind });
		}
		const out = EdgePool.of(nodes.count, from, to, kinds);
		await slices.pause();
		const titles = new Array<string | undefined>(nodes.count);
		for (const { id, title } of notes) titles[numbers.get(id)!] = title;
		return new GraphTables(nodes, titles, kindNumbers, out, EdgePool.of(nodes.count, to, from, kinds));
	}

	/** Keeps the lists. */
	static async ofParts(parts: TableParts, slices: Slices): Promise<GraphTables> {
		const { names, sortedCount, titles, kinds, degrees, targets, edgeKinds } = parts;
		const nodes = new NodeTable(names, sortedCount);
		await slices.pause();
		const from = new Uint32Array(targets.length);
		let at = 0;
		for (let node = 0; node < degrees.length; node++) {
			const end = at + degrees[node]!;
			from.fill(node, at, end);
			at = end;
		}
		await slices.pause();
		const out = EdgePool.ofLists(degrees, targets, edgeKinds);
		const against = EdgePool.of(nodes.count, targets, from, edgeKinds);
		const kindNumbers = new Map(kinds.map((kind, number) => [kind, number]));
		return new GraphTables(nodes, titles, kindNumbers, out, against);
	}

	/** Copies, so that they stay as they are. */
	parts(): TableParts {
		const { count, sortedCount } = this.nodes;
		const degrees = Uint32Array.from({ length: count }, (_, node) => this.out.degree(node));
		const targets = new Uint32Array(this.out.edgeCount);
		const edgeKinds = new Uint16Array(this.out.edgeCount);
		let at = 0;
		for (let node = 0; node < count; node++) {
			const [start, end] = [this.out.start[node]!, this.out.end[node]!];
			targets.set(this.out.nodes.subarray(start, end), at);
			edgeKinds.set(this.out.kinds.subarray(start, end), at);
			at += end - start;
		}
		const titles = Array.from({ length: count }, (_, node) => this.#titles[node]);
		return {
			names: [...this.nodes.names()],
			sortedCount,
			titles,
			kinds: [...this.#kinds],
			degrees,
			targets,
			edgeKinds,
		};
	}

	kindName(kind: number): string {
		return this.#kinds[kind]!;
	}

	/** By number of kind whether it is among `kinds`. */
	kindMask(kinds: readonly string[]): Uint8Array {
		return Uint8Array.from(this.#kinds, (kind) => (kinds.includes(kind) ? 1 : 0));
	}

	title(node: number): string | undefined {
		return this.#titles[node];
	}

	/** A note that was put, or what an edge leads to. */
	isThere(node: number): boolean {
		return this.nodes.isNote(node) ? this.#titles[node] !== undefined : this.in.degree(node) > 0;
	}

	/** Notes that are there, in no order. */
	*notes(): IterableIterator<number> {
		for (let node = 0; node < this.#titles.length; node++) if (this.#titles[node] !== undefined) yield node;
	}

	counts(): GraphCounts {
		let [tags, missing, parents] = [0, 0, 0];
		for (let node = 0; node < this.nodes.count; node++) {
			if (this.nodes.isNote(node) || this.in.degree(node) === 0) continue;
			if (this.nodes.isTag(node)) tags++;
			else missing++;
			parents += this.out.degree(node);
		}
		return { notes: this.#noteCount, tags, missing, edges: this.out.edgeCount - parents };
	}

	/** The note as it was put. */
	note(node: number): GraphNote {
		const edges: GraphEdge[] = [];
		for (let at = this.out.start[node]!; at < this.out.end[node]!; at++) {
			edges.push({ to: this.nodes.name(this.out.nodes[at]!), kind: this.kindName(this.out.kinds[at]!) });
		}
		return { id: this.nodes.name(node), title: this.#titles[node]!, edges };
	}

	/** Follows a change; returns whether there was anything to change. */
	patch({ put, remove }: GraphChange): boolean {
		let isChanged = false;
		for (const id of remove) {
			const node = this.nodes.number(id);
			if (node === undefined || this.#titles[node] === undefined) continue;
			this.#titles[node] = undefined;
			this.#noteCount--;
			this.#clear(node);
			isChanged = true;
		}
		for (const note of put) {
			const node = this.#intern(note.id);
			if (this.#titles[node] === note.title && this.#hasEdges(node, note.edges)) continue;
			this.#clear(node);
			for (const { to, kind } of note.edges) this.#add(node, this.#intern(to), this.#kind(kind));
			if (this.#titles[node] === undefined) this.#noteCount++;
			this.#titles[node] = note.title;
			isChanged = true;
		}
		for (const pool of [this.out, this.in]) if (pool.isWasteful) pool.compact();
		return isChanged;
	}

	#hasEdges(node: number, edges: readonly GraphEdge[]): boolean {
		const start = this.out.start[node]!;
		return (
			edges.length === this.out.degree(node) &&
			edges.every(
				({ to, kind }, at) =>
					this.nodes.number(to) === this.out.nodes[start + at] &&
					this.#kindNumbers.get(kind) === this.out.kinds[start + at],
			)
		);
	}

	#clear(node: number): void {
		for (let at = this.out.start[node]!; at < this.out.end[node]!; at++) {
			this.#forget(node, this.out.nodes[at]!, this.out.kinds[at]!);
		}
		this.out.clear(node);
	}

	#add(from: number, to: number, kind: number): void {
		this.out.add(from, to, kind);
		this.in.add(to, from, kind);
		if (this.nodes.isTag(to) && this.in.degree(to) === 1) {
			const parent = parentTag(this.nodes.name(to));
			if (parent !== undefined) this.#add(to, this.#intern(parent), this.#kind(parentKind));
		}
	}

	#forget(from: number, to: number, kind: number): void {
		this.in.remove(to, from, kind);
		if (this.nodes.isTag(to) && this.in.degree(to) === 0) this.#clear(to);
	}

	#intern(id: NodeId): number {
		const node = this.nodes.intern(id);
		this.out.growTo(this.nodes.count);
		this.in.growTo(this.nodes.count);
		return node;
	}

	#kind(kind: string): number {
		const number = numberOf(this.#kindNumbers, kind);
		this.#kinds[number] = kind;
		return number;
	}
}

function numberOf(numbers: Map<string, number>, name: string): number {
	const known = numbers.get(name);
	if (known !== undefined) return known;
	numbers.set(name, numbers.size);
	return numbers.size - 1;
}
