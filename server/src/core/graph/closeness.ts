import type { NodeId } from '../../ports/graph.ts';
import type { EdgePool } from './edgePool.ts';
import type { GraphTables } from './graphTables.ts';

/** How likely a walk goes back to the seed instead of on. */
const restart = 0.15;
/** What is not passed on, per edge: bounds the work by 1 / (restart × this) steps, whatever the size of the graph. */
const leastPerEdge = 1e-4;

/**
 * Personalised PageRank from one note: how near every note is by links, either way, whose sum is at most 1. Worked out by
 * pushing (Andersen, Chung and Lang, 2006), which leaves out what is far: notes not told are 0, and none is told too high.
 */
export function closeness(tables: GraphTables, seed: NodeId): ReadonlyMap<NodeId, number> {
	const from = tables.nodes.number(seed);
	if (from === undefined || !tables.isThere(from)) return new Map();
	const settled = new Map<number, number>();
	const waiting = new Map([[from, 1]]);
	const queue = [from];
	// A queue that grows is gone through to its new end.
	for (const node of queue) {
		const mass = waiting.get(node) ?? 0;
		const degree = tables.out.degree(node) + tables.in.degree(node);
		if (mass === 0 || mass < leastPerEdge * degree) continue;
		waiting.set(node, 0);
		settled.set(node, (settled.get(node) ?? 0) + restart * mass);
		const share = ((1 - restart) * mass) / degree;
		const give = (pool: EdgePool) => {
			for (let at = pool.start[node]!; at < pool.end[node]!; at++) {
				const next = pool.nodes[at]!;
				const old = waiting.get(next) ?? 0;
				waiting.set(next, old + share);
				const least = leastPerEdge * (tables.out.degree(next) + tables.in.degree(next));
				if (old < least && old + share >= least) queue.push(next);
			}
		};
		give(tables.out);
		give(tables.in);
	}
	const close = new Map<NodeId, number>();
	for (const [node, value] of settled) {
		if (node !== from && tables.nodes.isNote(node)) close.set(tables.nodes.name(node), value);
	}
	return close;
}
