import type {
	EdgeFilter,
	GraphChange,
	GraphCounts,
	GraphNote,
	LinkGraph,
	MissingNode,
	NodeId,
	Reached,
	Walk,
} from '../../ports/graph.ts';
import { Slices } from '../slices.ts';
import { maskOf } from './edgeMask.ts';
import type { GraphTables } from './graphTables.ts';
import { NeighborWalk } from './neighborWalk.ts';
import { PathFinder, type PathStep } from './shortestPath.ts';
import { smallest } from './smallest.ts';
import { tablesOfNotes } from './tablesOfNotes.ts';

/** A change with more edges than this, and than a quarter of all, is a new graph. */
const mostPatched = 4000;

/**
 * The graph in memory. A small change is a patch, a large one a new graph made in slices, while the old one answers on.
 * Changes follow each other; between two of them every question is answered at once.
 */
export class EmbeddedGraph implements LinkGraph {
	#tables: GraphTables | undefined;
	#changing: Promise<unknown> = Promise.resolve();
	#version = 0;
	readonly #neighbors = new NeighborWalk();
	readonly #paths = new PathFinder();

	apply(change: GraphChange, signal: AbortSignal): Promise<void> {
		const changing = this.#changing.then(() => this.#change(change, signal));
		this.#changing = changing.catch(() => {});
		return changing;
	}

	/** Takes a whole graph in place of all there was. */
	adopt(tables: GraphTables): void {
		this.#tables = tables;
		this.#version++;
	}

	/** Grows with every change that could alter an answer. */
	get version(): number {
		return this.#version;
	}

	/** What is asked of it in numbers; `undefined` before the first change. */
	get tables(): GraphTables | undefined {
		return this.#tables;
	}

	async neighbors(walk: Walk, signal: AbortSignal): Promise<readonly Reached[]> {
		signal.throwIfAborted();
		const tables = this.#tables;
		const from = this.#find(walk.from);
		if (tables === undefined || from === undefined) return [];
		if (walk.tag === undefined) return this.#neighbors.find(tables, from, walk);
		const tagged = notesTagged(tables, walk.tag);
		return this.#neighbors.find(tables, from, walk, (node) => tables.nodes.isNote(node) && tagged.has(node));
	}

	async shortestPath(
		from: NodeId,
		to: NodeId,
		filter: EdgeFilter & { readonly depth: number },
		signal: AbortSignal,
	): Promise<readonly Reached[] | undefined> {
		signal.throwIfAborted();
		const tables = this.#tables;
		const [start, goal] = [this.#find(from), this.#find(to)];
		if (tables === undefined || start === undefined || goal === undefined) return undefined;
		if (start === goal) return [];
		const steps = this.#paths.find(tables, maskOf(tables, filter), start, goal, filter.depth);
		return steps?.map((step) => toReached(tables, step));
	}

	async orphans(limit: number, signal: AbortSignal): Promise<readonly NodeId[]> {
		signal.throwIfAborted();
		const tables = this.#tables;
		if (tables === undefined) return [];
		const alone = [...tables.notes()].filter((node) => isAlone(tables, node));
		return smallest(alone, limit, tables.nodes.compare).map((node) => tables.nodes.name(node));
	}

	async missing(limit: number, signal: AbortSignal): Promise<readonly MissingNode[]> {
		signal.throwIfAborted();
		const tables = this.#tables;
		if (tables === undefined) return [];
		const { nodes } = tables;
		const wanted = new Map<number, ReadonlySet<number>>();
		for (let node = 0; node < nodes.count; node++) {
			if (!nodes.isMissing(node) || tables.in.degree(node) === 0) continue;
			wanted.set(node, new Set(tables.in.nodes.subarray(tables.in.start[node], tables.in.end[node])));
		}
		const byWant = (a: number, b: number) => wanted.get(b)!.size - wanted.get(a)!.size || nodes.compare(a, b);
		return smallest(wanted.keys(), limit, byWant).map((node) => ({
			id: nodes.name(node),
			from: [...wanted.get(node)!].sort(nodes.compare).map((each) => nodes.name(each)),
		}));
	}

	async counts(signal: AbortSignal): Promise<GraphCounts> {
		signal.throwIfAborted();
		return this.#tables?.counts() ?? { notes: 0, tags: 0, missing: 0, edges: 0 };
	}

	has(id: NodeId): boolean {
		return this.#find(id) !== undefined;
	}

	title(id: NodeId): string | undefined {
		const node = this.#tables?.nodes.number(id);
		return node === undefined ? undefined : this.#tables?.title(node);
	}

	async close(): Promise<void> {
		await this.#changing;
		this.#tables = undefined;
	}

	async #change(change: GraphChange, signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		const tables = this.#tables;
		const edges = change.put.reduce((sum, note) => sum + note.edges.length, change.put.length);
		if (tables === undefined || (edges > mostPatched && edges > tables.out.edgeCount / 4)) {
			await this.#rebuild(change);
			return;
		}
		if (tables.patch(change)) this.#version++;
		if (tables.nodes.isWasteful) await this.#rebuild({ put: [], remove: [] });
	}

	async #rebuild({ put, remove }: GraphChange): Promise<void> {
		const slices = new Slices();
		const tables = this.#tables;
		const notes = new Map<NodeId, GraphNote>();
		for (const node of tables?.notes() ?? []) {
			const note = tables!.note(node);
			notes.set(note.id, note);
			await slices.pause();
		}
		for (const id of remove) notes.delete(id);
		for (const note of put) notes.set(note.id, note);
		this.#tables = await tablesOfNotes([...notes.values()], slices);
		this.#version++;
	}

	#find(id: NodeId): number | undefined {
		const node = this.#tables?.nodes.number(id);
		return node !== undefined && this.#tables!.isThere(node) ? node : undefined;
	}
}

function toReached(tables: GraphTables, { node, depth, from, kind, direction }: PathStep): Reached {
	const { nodes } = tables;
	return { id: nodes.name(node), depth, from: nodes.name(from), kind: tables.kindName(kind), direction };
}

/** No edge between it and another note. */
function isAlone({ nodes, out, in: against }: GraphTables, node: number): boolean {
	for (const pool of [out, against]) {
		for (let at = pool.start[node]!; at < pool.end[node]!; at++)
			if (nodes.isNote(pool.nodes[at]!)) return false;
	}
	return true;
}

/** Notes that have the tag, or one within it. */
function notesTagged({ nodes, in: against }: GraphTables, tag: string): ReadonlySet<number> {
	const start = nodes.number(`tag:${tag}`);
	const seen = new Set(start === undefined ? [] : [start]);
	// A set that grows is gone through to its new end.
	for (const node of seen) {
		if (!nodes.isTag(node)) continue;
		for (let at = against.start[node]!; at < against.end[node]!; at++) seen.add(against.nodes[at]!);
	}
	return seen;
}
