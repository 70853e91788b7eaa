import type { GraphNode, GraphResult, GraphStanding } from '../../protocol/graph.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';
import type { Standing } from './folderGraph.ts';

/** Notes that are told of one community. */
const shownNotes = 5;

/** The notes that stand highest by links, equals by path. */
export async function rankNotes(index: FolderIndex, by: GraphStanding, limit: number): Promise<GraphResult> {
	const standing = await index.graph.standing();
	const { tables, links, pageRank, authorities, hubs } = standing;
	const value = { pageRank, authority: authorities, hub: hubs }[by];
	const first = placesBy(standing, value).slice(0, limit);
	const linksIn = new Uint32Array(links.nodes.length);
	for (const target of links.to) linksIn[target]!++;
	const notes = first.map((place) => ({
		...noteAt(standing, place),
		pageRank: pageRank[place]!,
		authority: authorities[place]!,
		hub: hubs[place]!,
		linksIn: linksIn[place]!,
		linksOut: links.start[place + 1]! - links.start[place]!,
	}));
	return { verb: 'hubs', notes: tables.out.edgeCount === 0 ? [] : notes };
}

/** Groups of notes that link among each other, largest first, each with the notes that stand highest in it. */
export async function findCommunities(index: FolderIndex, limit: number): Promise<GraphResult> {
	const standing = await index.graph.standing();
	const communities = await index.graph.communities();
	const members = new Map<number, number[]>();
	for (const place of placesBy(standing, standing.pageRank)) {
		const community = communities[place]!;
		const own = members.get(community);
		if (own === undefined) members.set(community, [place]);
		else own.push(place);
	}
	const all = [...members.values()];
	const groups = all.filter((places) => places.length > 1).sort((a, b) => b.length - a.length);
	return {
		verb: 'communities',
		communities: groups.slice(0, limit).map((places) => {
			const notes = places.slice(0, shownNotes).map((place) => noteAt(standing, place));
			return { name: notes[0]!.title, size: places.length, notes };
		}),
		alone: all.length - groups.length,
	};
}

function placesBy({ tables, links }: Standing, value: Float64Array): readonly number[] {
	const compare = (a: number, b: number) =>
		value[b]! - value[a]! || tables.nodes.compare(links.nodes[a]!, links.nodes[b]!);
	return Array.from(value.keys()).sort(compare);
}

function noteAt({ tables, links }: Standing, place: number): GraphNode {
	const node = links.nodes[place]!;
	const path = tables.nodes.name(node).slice('note:'.length);
	return { kind: 'note', path, title: tables.title(node) ?? path };
}
