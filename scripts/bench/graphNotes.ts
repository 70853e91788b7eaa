import type { GraphNote, NodeId } from '../../server/src/ports/graph.ts';

const linksPerNote = 10;
/** The higher, the more links go to few notes. */
const skew = 3;

/** One way to keep a graph. Notes are told by their place. */
export interface GraphEngine {
	/** Asked fewer times where there are many notes. */
	readonly isSlow: boolean;
	load(notes: readonly GraphNote[]): Promise<void>;
	/** Closes and opens the graph again, and returns how long it took to have it back, in milliseconds. */
	reopen?(): Promise<number>;
	/** At most 500 nodes within so many links. */
	hops(note: number, depth: number, direction: 'out' | 'both'): Promise<unknown>;
	path?(from: number, to: number): Promise<unknown>;
	pageRank?(): Promise<unknown>;
	closeness?(note: number): Promise<unknown>;
	close(): Promise<void>;
}

/** The same numbers every time, from 0 to 1. */
export function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

export function idOf(note: number): NodeId {
	return `note:folder${note % 100}/note ${note}.md`;
}

/** So many notes, each with ten links, to some notes far more often than to others. */
export function madeNotes(count: number): readonly GraphNote[] {
	const next = random(1);
	return Array.from({ length: count }, (_, note) => {
		const targets = new Set<number>();
		while (targets.size < linksPerNote) {
			// Half of the links stay near, as in folders.
			const isNear = next() < 0.5;
			const target = isNear
				? (note + 1 + Math.floor(next() * 50)) % count
				: Math.floor(count * next() ** skew);
			if (target !== note) targets.add(target);
		}
		const edges = [...targets].map((target) => ({ to: idOf(target), kind: 'link' }));
		return { id: idOf(note), title: `Note ${note}`, edges };
	});
}
