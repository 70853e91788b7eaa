import type { Reached, Walk } from '../../ports/graph.ts';
import { type EdgeMask, maskOf } from './edgeMask.ts';
import type { EdgePool } from './edgePool.ts';
import type { GraphTables } from './graphTables.ts';

/** Added to the place of an edge that was walked against. */
const againstFlag = 2 ** 31;
/** No place of an edge. */
const noEdge = 2 ** 32 - 1;
/** No number of a node is above it. */
const unbounded = 2 ** 32 - 1;
/** A level is cut to what is wanted of it when it has so many times as many nodes, and some more. */
const roomForEach = 2;
const roomAtLeast = 64;

/**
 * The walk of `LinkGraph.neighbors`; used again for the next one. Nodes are left in the order of their ids, so that the
 * first to lead to another is the one that is told. Of a level with more nodes than are wanted only the first by id are
 * kept, and edges that lead beyond them are passed over: the walk ends with it.
 */
export class NeighborWalk {
	/** By node the number of the walk that met it last. */
	#marks = new Uint32Array(0);
	#walk = 0;
	/** By node that was met the one before, and the place of the edge between them. */
	#before = new Uint32Array(0);
	#edges = new Uint32Array(0);
	/** The level that is being met. */
	#level = new Uint32Array(0);
	#count = 0;
	#wanted = 0;
	/** Of the nodes that the names were sorted with, those above are not wanted. */
	#bound = unbounded;

	/** From a node that is there. `isKept` says which of the nodes that are met are told; without it all are. */
	find(
		tables: GraphTables,
		from: number,
		{ depth: deepest, limit, ...filter }: Pick<Walk, 'direction' | 'kinds' | 'depth' | 'limit'>,
		isKept?: (node: number) => boolean,
	): readonly Reached[] {
		const { nodes } = tables;
		const mask = maskOf(tables, filter);
		this.#begin(nodes.count, from);
		const found: Reached[] = [];
		let leaving: Uint32Array = Uint32Array.of(from);
		for (let depth = 1; leaving.length > 0; depth++) {
			const wanted = limit - found.length;
			// How far a level must be met to have enough that are kept is not known.
			this.#widen(tables, mask, leaving, isKept === undefined ? wanted : unbounded);
			const level = this.#level.subarray(0, this.#count);
			const told = nodes.firstOf(isKept === undefined ? level : level.filter(isKept), wanted);
			for (const node of told) found.push(this.#toReached(tables, node, depth));
			if (depth === deepest || found.length === limit) break;
			leaving = told.length === level.length ? told : nodes.sorted(level);
		}
		return found;
	}

	#begin(nodeCount: number, from: number): void {
		if (nodeCount > this.#marks.length) {
			const size = Math.ceil(nodeCount * 1.25);
			this.#marks = new Uint32Array(size);
			this.#before = new Uint32Array(size);
			this.#edges = new Uint32Array(size);
			this.#level = new Uint32Array(size);
			this.#walk = 0;
		}
		if (++this.#walk === 2 ** 32) {
			this.#marks.fill(0);
			this.#walk = 1;
		}
		this.#marks[from] = this.#walk;
		this.#edges[from] = noEdge;
	}

	/** Meets the next level. */
	#widen(tables: GraphTables, { direction, kinds }: EdgeMask, leaving: Uint32Array, wanted: number): void {
		this.#count = 0;
		this.#wanted = wanted;
		this.#bound = unbounded;
		for (const from of leaving) {
			if (direction !== 'in') this.#meet(tables, tables.out, 0, from, kinds);
			if (direction !== 'out') this.#meet(tables, tables.in, againstFlag, from, kinds);
		}
	}

	#meet(
		tables: GraphTables,
		pool: EdgePool,
		flag: number,
		from: number,
		kinds: Uint8Array | undefined,
	): void {
		// The innermost loop of every walk: fields are read once.
		const { nodes, kinds: ownKinds } = pool;
		const [marks, before, edges, level, walk] = [
			this.#marks,
			this.#before,
			this.#edges,
			this.#level,
			this.#walk,
		];
		const { sortedCount } = tables.nodes;
		const roof = roomForEach * this.#wanted + roomAtLeast;
		const [start, end] = [pool.start[from]!, pool.end[from]!];
		let [bound, count] = [this.#bound, this.#count];
		for (let at = start; at < end; at++) {
			const next = nodes[at]!;
			if (next > bound && next < sortedCount) continue;
			if (kinds !== undefined && kinds[ownKinds[at]!] !== 1) continue;
			if (marks[next] === walk) {
				// A second edge from the same node the same way.
				const first = edges[next]! - flag;
				if (first >= start && first < at && isBefore(tables, ownKinds[at]!, ownKinds[first]!))
					edges[next] = at + flag;
				continue;
			}
			marks[next] = walk;
			before[next] = from;
			edges[next] = at + flag;
			level[count++] = next;
			if (count < roof) continue;
			const kept = tables.nodes.firstOf(level.subarray(0, count), this.#wanted);
			level.set(kept);
			count = kept.length;
			bound = tables.nodes.lastSortedUpTo(kept[count - 1]!);
		}
		this.#bound = bound;
		this.#count = count;
	}

	#toReached(tables: GraphTables, node: number, depth: number): Reached {
		const edge = this.#edges[node]!;
		const isAgainst = edge >= againstFlag;
		const kind = isAgainst ? tables.in.kinds[edge - againstFlag]! : tables.out.kinds[edge]!;
		return {
			id: tables.nodes.name(node),
			depth,
			from: tables.nodes.name(this.#before[node]!),
			kind: tables.kindName(kind),
			direction: isAgainst ? 'in' : 'out',
		};
	}
}

function isBefore(tables: GraphTables, kind: number, other: number): boolean {
	return kind !== other && tables.kindName(kind) < tables.kindName(other);
}
