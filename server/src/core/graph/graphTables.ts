import type { GraphChange, GraphCounts, GraphEdge, GraphNote, NodeId } from '../../ports/graph.ts';
import type { EdgePool } from './edgePool.ts';
import { type NodeTable, parentKind, parentTag } from './nodeTable.ts';

/** What a graph is made of; all is kept, and altered with the graph. */
export interface TableContents {
	readonly nodes: NodeTable;
	/** By node; of notes that are there. */
	readonly titles: (string | undefined)[];
	/** By number of kind. */
	readonly kinds: readonly string[];
	readonly out: EdgePool;
	/** The same edges as `out`. */
	readonly in: EdgePool;
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

	constructor({ nodes, titles, kinds, out, in: against }: TableContents) {
		this.nodes = nodes;
		this.#titles = titles;
		for (let node = 0; node < titles.length; node++) if (titles[node] !== undefined) this.#noteCount++;
		this.out = out;
		this.in = against;
		this.#kinds = [...kinds];
		this.#kindNumbers = new Map(kinds.map((kind, number) => [kind, number]));
	}

	/** By number of kind. */
	get kinds(): readonly string[] {
		return this.#kinds;
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
		const known = this.#kindNumbers.get(kind);
		if (known !== undefined) return known;
		this.#kindNumbers.set(kind, this.#kinds.length);
		return this.#kinds.push(kind) - 1;
	}
}
