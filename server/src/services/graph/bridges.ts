import { Breadth } from '../../core/graph/breadth.ts';
import type { EmbeddedGraph } from '../../core/graph/embeddedGraph.ts';
import type { GraphTables } from '../../core/graph/graphTables.ts';
import type { NodeId } from '../../ports/graph.ts';
import { UserError } from '../../ports/system.ts';
import type { Bridge, GraphResult } from '../../protocol/graph.ts';
import type { Folder } from '../folder/folder.ts';
import { samplePassages } from '../related/related.ts';
import { findNear, nearestOf } from '../related/relatedNearness.ts';
import { findNode, nodeOf } from './graphNodes.ts';

/** Notes that others are looked for, where none is named: each costs some scans of all passages. */
const mostExamined = 200;
/** Passages that stand for a note here. */
const passagesPerNote = 2;
/** Notes near to one that are looked at. */
const nearPerNote = 10;
/** Pairs that one note is told in, where none is named. */
const mostPerNote = 2;
/** Notes more alike than this are copies of each other, as those of a template are: there is nothing to link. */
const mostAlike = 0.95;
/** Within so many links notes are not far. */
const nearLinks = 2;
const farthest = 5;
/** What is joined only by having a tag, or a place in the hierarchy, is not linked. */
const noLinks = ['tag', 'parent'];

/**
 * Pairs of notes near in meaning and more than two links apart, nearest first: of one note, or else of up to 200 that are
 * spread evenly over the folder, copies left out.
 */
export async function findBridges(
	folder: Folder,
	graph: EmbeddedGraph,
	of: string | undefined,
	limit: number,
	signal: AbortSignal,
): Promise<GraphResult> {
	const { index } = folder;
	if (index.vectors.size === 0) {
		throw new UserError('Bridges are found by meaning, and no passage has been read by a model yet.');
	}
	const named = of === undefined ? undefined : findNode(index, graph, of);
	const examined = named === undefined ? sample(folder) : [index.noteAt(named.slice('note:'.length))!.id];
	const found = new Map<string, Bridge>();
	for (const noteId of examined) {
		const passages = samplePassages(index, noteId).slice(0, passagesPerNote);
		const near = await findNear(folder, noteId, passages, new Map(), signal);
		for (const other of nearestOf(near).slice(0, nearPerNote)) {
			const [one, two] = [index.note(noteId), index.note(other)];
			const tables = graph.tables;
			if (one === undefined || two === undefined || tables === undefined) continue;
			const [a, b]: [NodeId, NodeId] = [`note:${one.stamp.path}`, `note:${two.stamp.path}`];
			const key = a < b ? `${a}\n${b}` : `${b}\n${a}`;
			const distance = linksBetween(tables, a, b);
			if (found.has(key) || (distance !== undefined && distance <= nearLinks)) continue;
			const { similarity } = near.get(other)!;
			if (named === undefined && similarity > mostAlike) continue;
			const pair = { a: nodeOf(graph, a), b: nodeOf(graph, b), similarity };
			found.set(key, distance === undefined ? pair : { ...pair, distance });
		}
	}
	const bridges = [...found].sort(
		([a, one], [b, two]) => two.similarity - one.similarity || (a < b ? -1 : 1),
	);
	return {
		verb: 'bridges',
		bridges: (named === undefined ? spread(bridges) : bridges).slice(0, limit).map(([, bridge]) => bridge),
		examined: examined.length,
	};
}

/** Copies of one note would fill the list with each other. */
function spread(pairs: readonly [string, Bridge][]): readonly [string, Bridge][] {
	const seen = new Map<string, number>();
	return pairs.filter(([key]) => {
		const ends = key.split('\n');
		if (ends.some((end) => seen.get(end) === mostPerNote)) return false;
		for (const end of ends) seen.set(end, (seen.get(end) ?? 0) + 1);
		return true;
	});
}

function sample({ index }: Folder): readonly number[] {
	const notes = [...index.notes()].filter(({ id }) => index.passagesOf(id).length > 0);
	notes.sort((a, b) => (a.stamp.path < b.stamp.path ? -1 : 1));
	const count = Math.min(mostExamined, notes.length);
	return Array.from({ length: count }, (_, at) => notes[Math.floor((at * notes.length) / count)]!.id);
}

const breadth = new Breadth();

function linksBetween(tables: GraphTables, a: NodeId, b: NodeId): number | undefined {
	const [from, to] = [tables.nodes.number(a), tables.nodes.number(b)];
	if (from === undefined || to === undefined) return undefined;
	const kinds = tables.kindMask(noLinks).map((isLeftOut) => 1 - isLeftOut);
	breadth.begin(tables.nodes.count, from);
	while (breadth.depth < farthest && breadth.level.length > 0) {
		breadth.widen(tables, { direction: 'both', kinds });
		if (breadth.depthOf(to) !== undefined) return breadth.depth;
	}
	return undefined;
}
