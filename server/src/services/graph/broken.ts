import type { EmbeddedGraph } from '../../core/graph/embeddedGraph.ts';
import { suggestions } from '../../core/links/suggestions.ts';
import { Slices } from '../../core/slices.ts';
import type { NodeId } from '../../ports/graph.ts';
import type { BrokenLink, GraphResult } from '../../protocol/graph.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';

/** Broken links that are told what may be meant: each costs a look at all names. */
const mostSuggested = 50;

/** Links to notes that there are not, most wanted first, and where they stand. */
export async function findBroken(
	index: FolderIndex,
	graph: EmbeddedGraph,
	limit: number,
	signal: AbortSignal,
): Promise<GraphResult> {
	const slices = new Slices();
	const links: BrokenLink[] = [];
	for (const { id, from } of await graph.missing(limit, signal)) {
		const target = id.slice('missing:'.length);
		const places = [];
		for (const note of from) {
			places.push(placeOf(index, note, target));
			await slices.pause();
		}
		const may = links.length < mostSuggested ? suggestions(index.links, target, places[0]!.path) : [];
		links.push({ target, from: places, suggestions: may });
	}
	return { verb: 'broken', links };
}

function placeOf(index: FolderIndex, note: NodeId, target: string): BrokenLink['from'][number] {
	const path = note.slice('note:'.length);
	const lines = new Set<number>();
	for (const link of index.noteAt(path)?.links ?? []) {
		const meaning = index.links.meaningOf(link, path);
		if (meaning.kind === 'missing' && meaning.name === target) lines.add(link.line);
	}
	return { path, lines: [...lines] };
}
