import type { GraphTables } from './graphTables.ts';

/** Notes and the links between them, each pair once: what notes are ranked and grouped by. Stays as it was made. */
export interface NoteLinks {
	/** The node of each note; the others number notes by their place here. */
	readonly nodes: Uint32Array;
	/** The links of note n are those at `start[n]` to `start[n + 1]` of `to`. */
	readonly start: Uint32Array;
	readonly to: Uint32Array;
}

/** Of all kinds but `without`. */
export function noteLinksOf(tables: GraphTables, without: readonly string[]): NoteLinks {
	const nodes = Uint32Array.from(tables.notes()).sort();
	const places = new Int32Array(tables.nodes.count).fill(-1);
	for (let place = 0; place < nodes.length; place++) places[nodes[place]!] = place;
	const isLeftOut = tables.kindMask(without);
	const start = new Uint32Array(nodes.length + 1);
	const to = new Uint32Array(tables.out.edgeCount);
	const seenFrom = new Int32Array(nodes.length).fill(-1);
	let count = 0;
	for (let place = 0; place < nodes.length; place++) {
		const node = nodes[place]!;
		for (let at = tables.out.start[node]!; at < tables.out.end[node]!; at++) {
			const target = places[tables.out.nodes[at]!]!;
			if (target < 0 || isLeftOut[tables.out.kinds[at]!] === 1 || seenFrom[target] === place) continue;
			seenFrom[target] = place;
			to[count++] = target;
		}
		start[place + 1] = count;
	}
	return { nodes, start, to: to.slice(0, count) };
}
