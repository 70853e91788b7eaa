import type { EdgeMask, EdgeStep } from './edgeMask.ts';
import type { EdgePool } from './edgePool.ts';
import type { GraphTables } from './graphTables.ts';

/** A mark is a walk's number and a depth below this. */
const depthsPerWalk = 8;

/** A walk in breadth, level by level; used again for the next walk. */
export class Breadth {
	#marks = new Uint32Array(0);
	#queue = new Uint32Array(0);
	#walk = 0;
	#count = 0;
	#levelStart = 0;
	#depth = 0;

	begin(nodeCount: number, from: number): void {
		if (nodeCount > this.#marks.length) {
			this.#marks = new Uint32Array(Math.ceil(nodeCount * 1.25));
			this.#queue = new Uint32Array(this.#marks.length);
			this.#walk = 0;
		}
		this.#walk += depthsPerWalk;
		if (this.#walk > 0xffff_fff0) {
			this.#marks.fill(0);
			this.#walk = depthsPerWalk;
		}
		this.#depth = 0;
		this.#levelStart = 0;
		this.#count = 1;
		this.#queue[0] = from;
		this.#marks[from] = this.#walk;
	}

	/** Levels walked. */
	get depth(): number {
		return this.#depth;
	}

	/** The nodes of the last level, in no order, until the walk goes on. */
	get level(): Uint32Array {
		return this.#queue.subarray(this.#levelStart, this.#count);
	}

	/** Edges from the start to a node that the walk has met. */
	depthOf(node: number): number | undefined {
		const mark = this.#marks[node]!;
		return mark < this.#walk ? undefined : mark - this.#walk;
	}

	/** Says of a node how deep it lies, where another walk has found out. */
	setDepth(node: number, depth: number): void {
		this.#marks[node] = this.#walk + depth;
	}

	/** Goes one level further, 7 at most. */
	widen({ out, in: against }: GraphTables, { direction, kinds }: EdgeMask): void {
		this.#depth++;
		const end = this.#count;
		for (let at = this.#levelStart; at < end; at++) {
			if (direction !== 'in') this.#meet(out, this.#queue[at]!, kinds);
			if (direction !== 'out') this.#meet(against, this.#queue[at]!, kinds);
		}
		this.#levelStart = end;
	}

	/** The edge by which a node at `depth` is told to be reached: see `Reached`. */
	lastEdge(tables: GraphTables, { direction, kinds }: EdgeMask, node: number, depth: number): EdgeStep {
		let best: EdgeStep | undefined;
		const offer = (pool: EdgePool, way: 'out' | 'in') => {
			for (let at = pool.start[node]!; at < pool.end[node]!; at++) {
				const from = pool.nodes[at]!;
				if (this.#marks[from] !== this.#walk + depth - 1) continue;
				const kind = pool.kinds[at]!;
				if (kinds !== undefined && kinds[kind] !== 1) continue;
				const step = { from, kind, direction: way };
				if (best === undefined || isBefore(tables, step, best)) best = step;
			}
		};
		if (direction !== 'in') offer(tables.in, 'out');
		if (direction !== 'out') offer(tables.out, 'in');
		return best!;
	}

	#meet(pool: EdgePool, node: number, kinds: Uint8Array | undefined): void {
		// The innermost loop of every walk: fields are read once.
		const { nodes, kinds: ownKinds } = pool;
		const [marks, queue, walk] = [this.#marks, this.#queue, this.#walk];
		const mark = walk + this.#depth;
		const end = pool.end[node]!;
		let count = this.#count;
		for (let at = pool.start[node]!; at < end; at++) {
			const next = nodes[at]!;
			if (marks[next]! >= walk) continue;
			if (kinds !== undefined && kinds[ownKinds[at]!] !== 1) continue;
			marks[next] = mark;
			queue[count++] = next;
		}
		this.#count = count;
	}
}

function isBefore(tables: GraphTables, a: EdgeStep, b: EdgeStep): boolean {
	if (a.from !== b.from) return tables.nodes.compare(a.from, b.from) < 0;
	if (a.direction !== b.direction) return a.direction === 'out';
	return tables.kindName(a.kind) < tables.kindName(b.kind);
}
