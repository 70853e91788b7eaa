import type { Slices } from '../slices.ts';
import type { NoteLinks } from './noteLinks.ts';

/** Notes looked at between two looks at the clock. */
const batch = 512;
const mostRounds = 50;

/** Notes, or groups of them, and how many links there are between any two, either way. */
interface Weighted {
	readonly count: number;
	readonly start: Uint32Array;
	readonly to: Uint32Array;
	readonly weights: Float64Array;
	/** Ends of links by node, those within it too. */
	readonly ends: Float64Array;
}

/**
 * By note the number of its community, from 0: groups with more links within than chance would make (Louvain: Blondel et
 * al., 2008). The same every time; in slices. A library's own graph of 100,000 notes takes more memory than all of Jarvis.
 */
export async function communitiesOf(links: NoteLinks, slices: Slices): Promise<Uint32Array> {
	let graph = await undirected(links, slices);
	const communities = Uint32Array.from({ length: links.nodes.length }, (_, note) => note);
	for (;;) {
		const groups = await moveNodes(graph, slices);
		if (groups === undefined) return communities;
		for (let note = 0; note < communities.length; note++) communities[note] = groups.of[communities[note]!]!;
		graph = await merged(graph, groups, slices);
	}
}

interface Groups {
	readonly of: Uint32Array;
	readonly count: number;
}

/** Puts each node to the neighbours where that gains most, until none gains; `undefined` where none ever did. */
async function moveNodes(graph: Weighted, slices: Slices): Promise<Groups | undefined> {
	const { count, start, to, weights, ends } = graph;
	const all = ends.reduce((sum, each) => sum + each, 0);
	const group = Uint32Array.from({ length: count }, (_, node) => node);
	const groupEnds = ends.slice();
	const towards = new Float64Array(count);
	let isMoved = false;
	for (let round = 0; round < mostRounds; round++) {
		let moves = 0;
		for (let node = 0; node < count; node++) {
			if (node % batch === 0) await slices.pause();
			const own = group[node]!;
			const met: number[] = [];
			for (let at = start[node]!; at < start[node + 1]!; at++) {
				if (to[at] === node) continue;
				const other = group[to[at]!]!;
				if (towards[other] === 0) met.push(other);
				towards[other]! += weights[at]!;
			}
			groupEnds[own]! -= ends[node]!;
			const gain = (other: number) => towards[other]! - (groupEnds[other]! * ends[node]!) / all;
			let best = own;
			let most = gain(own) + 1e-9;
			for (const other of met) {
				const gained = gain(other);
				if (gained > most) [best, most] = [other, gained];
			}
			groupEnds[best]! += ends[node]!;
			group[node] = best;
			if (best !== own) moves++;
			for (const other of met) towards[other] = 0;
		}
		isMoved ||= moves > 0;
		if (moves <= count / 1000) break;
	}
	return isMoved ? renumbered(group) : undefined;
}

function renumbered(group: Uint32Array): Groups {
	const numbers = new Map<number, number>();
	const of = group.map((each) => {
		const known = numbers.get(each) ?? numbers.size;
		numbers.set(each, known);
		return known;
	});
	return { of, count: numbers.size };
}

/** Each group as one node. */
async function merged(graph: Weighted, groups: Groups, slices: Slices): Promise<Weighted> {
	const ends = new Float64Array(groups.count);
	for (let node = 0; node < graph.count; node++) ends[groups.of[node]!]! += graph.ends[node]!;
	const { members, memberStart } = membersOf(groups);
	const start = new Uint32Array(groups.count + 1);
	const [to, weights]: [number[], number[]] = [[], []];
	const towards = new Float64Array(groups.count);
	for (let group = 0; group < groups.count; group++) {
		if (group % batch === 0) await slices.pause();
		const met: number[] = [];
		for (let at = memberStart[group]!; at < memberStart[group + 1]!; at++) {
			const node = members[at]!;
			for (let edge = graph.start[node]!; edge < graph.start[node + 1]!; edge++) {
				const other = groups.of[graph.to[edge]!]!;
				if (towards[other] === 0) met.push(other);
				towards[other]! += graph.weights[edge]!;
			}
		}
		for (const other of met) {
			to.push(other);
			weights.push(towards[other]!);
			towards[other] = 0;
		}
		start[group + 1] = to.length;
	}
	return { count: groups.count, start, to: Uint32Array.from(to), weights: Float64Array.from(weights), ends };
}

function membersOf({ of, count }: Groups): { members: Uint32Array; memberStart: Uint32Array } {
	const memberStart = new Uint32Array(count + 1);
	for (const group of of) memberStart[group + 1]!++;
	for (let group = 0; group < count; group++) memberStart[group + 1]! += memberStart[group]!;
	const next = memberStart.slice();
	const members = new Uint32Array(of.length);
	for (let node = 0; node < of.length; node++) members[next[of[node]!]!++] = node;
	return { members, memberStart };
}

/** A link each way counts twice. */
async function undirected(links: NoteLinks, slices: Slices): Promise<Weighted> {
	const count = links.nodes.length;
	const start = new Uint32Array(count + 1);
	for (let note = 0; note < count; note++) {
		start[note + 1]! += links.start[note + 1]! - links.start[note]!;
		for (let at = links.start[note]!; at < links.start[note + 1]!; at++) start[links.to[at]! + 1]!++;
	}
	await slices.pause();
	for (let note = 0; note < count; note++) start[note + 1]! += start[note]!;
	const next = start.slice();
	const to = new Uint32Array(2 * links.to.length);
	for (let note = 0; note < count; note++) {
		for (let at = links.start[note]!; at < links.start[note + 1]!; at++) {
			const other = links.to[at]!;
			to[next[note]!++] = other;
			to[next[other]!++] = note;
		}
	}
	await slices.pause();
	const ends = Float64Array.from({ length: count }, (_, note) => start[note + 1]! - start[note]!);
	return { count, start, to, weights: new Float64Array(to.length).fill(1), ends };
}
