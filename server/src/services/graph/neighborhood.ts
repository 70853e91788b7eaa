import type { EmbeddedGraph } from '../../core/graph/embeddedGraph.ts';
import type { GraphTables } from '../../core/graph/graphTables.ts';
import type { NodeId, Walk } from '../../ports/graph.ts';
import type { GraphResult, NeighborhoodLink } from '../../protocol/graph.ts';
import { nodeOf } from './graphNodes.ts';

/** The nodes around one, and all links among them. From memory alone: a picture is drawn anew with every change. */
export async function findNeighborhood(
	graph: EmbeddedGraph,
	walk: Walk,
	signal: AbortSignal,
): Promise<GraphResult> {
	const { from, limit } = walk;
	const reached = await graph.neighbors({ ...walk, limit: limit + 1 }, signal);
	const isCut = reached.length > limit;
	const places = [{ id: from, depth: 0 }, ...reached.slice(0, limit)];
	const { tables } = graph;
	const nodes = places.map(({ id, depth }) => ({
		...nodeOf(graph, id),
		depth,
		linksIn: tables === undefined ? 0 : notesLinkingTo(tables, id),
		tags: tables === undefined ? [] : tagsOf(tables, id),
	}));
	const ids = places.map(({ id }) => id);
	return { verb: 'neighborhood', nodes, links: tables === undefined ? [] : linksAmong(tables, ids), isCut };
}

function linksAmong(tables: GraphTables, ids: readonly NodeId[]): readonly NeighborhoodLink[] {
	const { nodes, out } = tables;
	const placeOf = new Map(ids.map((id, place) => [nodes.number(id), place]));
	const links: NeighborhoodLink[] = [];
	for (const [node, from] of placeOf) {
		if (node === undefined) continue;
		for (let at = out.start[node]!; at < out.end[node]!; at++) {
			const to = placeOf.get(out.nodes[at]!);
			if (to !== undefined) links.push({ from, to, kind: tables.kindName(out.kinds[at]!) });
		}
	}
	return links;
}

function notesLinkingTo({ nodes, in: against }: GraphTables, id: NodeId): number {
	const node = nodes.number(id);
	if (node === undefined) return 0;
	const linking = against.nodes.subarray(against.start[node], against.end[node]);
	return new Set(linking.filter((each) => nodes.isNote(each))).size;
}

function tagsOf({ nodes, out }: GraphTables, id: NodeId): readonly string[] {
	const node = nodes.number(id);
	if (node === undefined || !nodes.isNote(node)) return [];
	const targets = [...out.nodes.subarray(out.start[node], out.end[node])];
	return targets.filter((each) => nodes.isTag(each)).map((each) => nodes.name(each).slice('tag:'.length));
}
