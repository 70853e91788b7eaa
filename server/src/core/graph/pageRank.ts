import type { Slices } from '../slices.ts';
import type { NoteLinks } from './noteLinks.ts';

/** As Brin and Page (1998) have it. */
const damping = 0.85;
const mostRounds = 100;
/** Sum of all differences of one round below which it is done. */
const precision = 1e-9;

/** PageRank by note: their sum is 1. A note without links gives to all alike. In slices. */
export async function pageRank({ nodes, start, to }: NoteLinks, slices: Slices): Promise<Float64Array> {
	const count = nodes.length;
	let ranks = new Float64Array(count).fill(1 / count);
	let next = new Float64Array(count);
	for (let round = 0; round < mostRounds; round++) {
		let dangling = 0;
		for (let note = 0; note < count; note++) if (start[note] === start[note + 1]) dangling += ranks[note]!;
		next.fill((1 - damping + damping * dangling) / count);
		for (let note = 0; note < count; note++) {
			const [from, end] = [start[note]!, start[note + 1]!];
			const share = (damping * ranks[note]!) / (end - from);
			for (let at = from; at < end; at++) next[to[at]!]! += share;
		}
		await slices.pause();
		let difference = 0;
		for (let note = 0; note < count; note++) difference += Math.abs(next[note]! - ranks[note]!);
		[ranks, next] = [next, ranks];
		if (difference < precision) break;
	}
	return ranks;
}
