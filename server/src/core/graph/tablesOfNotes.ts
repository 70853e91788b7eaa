import type { GraphNote, NodeId } from '../../ports/graph.ts';
import type { Slices } from '../slices.ts';
import { EdgePool } from './edgePool.ts';
import { GraphTables } from './graphTables.ts';
import { NodeTable, parentKind, parentTag } from './nodeTable.ts';
import { sortNames } from './sortNames.ts';

/** Numbers texts in the order in which they come. */
class Numbering<Name extends string> {
	readonly names: Name[] = [];
	readonly #numbers = new Map<Name, number>();

	of(name: Name): number {
		const known = this.#numbers.get(name);
		if (known !== undefined) return known;
		this.#numbers.set(name, this.names.length);
		return this.names.push(name) - 1;
	}
}

/** The graph of all `notes`, made in slices. Every id is looked up once: that is most of the work. */
export async function tablesOfNotes(notes: readonly GraphNote[], slices: Slices): Promise<GraphTables> {
	const [nodes, kinds] = [new Numbering<NodeId>(), new Numbering<string>()];
	const noteNodes = new Uint32Array(notes.length);
	let count = 0;
	for (const { edges } of notes) count += edges.length;
	// By numbers of nodes in the order in which they come, until all are known.
	const [from, to, edgeKinds] = [new Uint32Array(count), new Uint32Array(count), new Uint16Array(count)];
	let at = 0;
	for (let place = 0; place < notes.length; place++) {
		const { id, edges } = notes[place]!;
		const source = nodes.of(id);
		noteNodes[place] = source;
		for (const edge of edges) {
			from[at] = source;
			to[at] = nodes.of(edge.to);
			edgeKinds[at++] = kinds.of(edge.kind);
		}
		await slices.pause();
	}
	const parents: (readonly [number, number])[] = [];
	// A list that grows is gone through to its new end.
	for (let node = 0; node < nodes.names.length; node++) {
		const name = nodes.names[node]!;
		const parent = name.startsWith('tag:') ? parentTag(name) : undefined;
		if (parent !== undefined) parents.push([node, nodes.of(parent)]);
		await slices.pause();
	}
	const parentNumber = parents.length > 0 ? kinds.of(parentKind) : 0;
	const names = [...(await sortNames(nodes.names, slices))];
	const places = new Uint32Array(names.length);
	await slices.runs(names.length, (first, end) => {
		for (let place = first; place < end; place++) places[nodes.of(names[place]!)] = place;
	});
	const sources = await placed(
		from,
		parents.map(([tag]) => tag),
		places,
		slices,
	);
	const targets = await placed(
		to,
		parents.map(([, parent]) => parent),
		places,
		slices,
	);
	const allKinds = new Uint16Array(sources.length).fill(parentNumber);
	allKinds.set(edgeKinds);
	const titles = new Array<string | undefined>(names.length);
	for (let place = 0; place < notes.length; place++) titles[places[noteNodes[place]!]!] = notes[place]!.title;
	const out = await EdgePool.of(names.length, sources, targets, allKinds, slices);
	const turned = await out.turned(names.length, slices);
	await slices.pause();
	return new GraphTables({ nodes: new NodeTable(names), titles, kinds: kinds.names, out, in: turned });
}

/** The places of `nodes`, and of `more` after them. */
async function placed(
	nodes: Uint32Array,
	more: readonly number[],
	places: Uint32Array,
	slices: Slices,
): Promise<Uint32Array> {
	const all = new Uint32Array(nodes.length + more.length);
	await slices.runs(nodes.length, (first, end) => {
		for (let at = first; at < end; at++) all[at] = places[nodes[at]!]!;
	});
	for (let at = 0; at < more.length; at++) all[nodes.length + at] = places[more[at]!]!;
	return all;
}
