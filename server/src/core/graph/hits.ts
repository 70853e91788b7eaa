import type { Slices } from '../slices.ts';
import type { NoteLinks } from './noteLinks.ts';

const mostRounds = 100;
/** Sum of all differences of one round below which it is done. */
const precision = 1e-9;

export interface HubsAndAuthorities {
	/** By note, length 1 as a vector: high for one that links to good authorities. */
	readonly hubs: Float64Array;
	/** By note, length 1 as a vector: high for one that good hubs link to. */
	readonly authorities: Float64Array;
}

/** HITS (Kleinberg, 1999): what points well, and what is pointed at well. All are 0 where there is no link. In slices. */
export async function hubsAndAuthorities(
	{ nodes, start, to }: NoteLinks,
	slices: Slices,
): Promise<HubsAndAuthorities> {
	const count = nodes.length;
	const hubs = new Float64Array(count).fill(1 / Math.sqrt(count));
	const authorities = new Float64Array(count);
	const before = new Float64Array(count);
	for (let round = 0; round < mostRounds; round++) {
		before.set(hubs);
		authorities.fill(0);
		for (let note = 0; note < count; note++) {
			for (let at = start[note]!; at < start[note + 1]!; at++) authorities[to[at]!]! += hubs[note]!;
		}
		normalise(authorities);
		await slices.pause();
		for (let note = 0; note < count; note++) {
			let sum = 0;
			for (let at = start[note]!; at < start[note + 1]!; at++) sum += authorities[to[at]!]!;
			hubs[note] = sum;
		}
		normalise(hubs);
		await slices.pause();
		let difference = 0;
		for (let note = 0; note < count; note++) difference += Math.abs(hubs[note]! - before[note]!);
		if (difference < precision) break;
	}
	return { hubs, authorities };
}

function normalise(values: Float64Array): void {
	const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
	if (length === 0) return;
	for (let at = 0; at < values.length; at++) values[at]! /= length;
}
