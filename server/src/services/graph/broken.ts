import type { EmbeddedGraph } from '../../core/graph/embeddedGraph.ts';
import { brokenParts } from '../../core/links/brokenParts.ts';
import { suggestions } from '../../core/links/suggestions.ts';
import { Slices } from '../../core/slices.ts';
import type { NodeId } from '../../ports/graph.ts';
import type { BrokenLink, BrokenPart, GraphResult } from '../../protocol/graph.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';
import { byPlace } from './ambiguous.ts';

/** Broken links that are told what may be meant: each costs a look at all names. */
const mostSuggested = 50;

/** Links to notes that there are not, most wanted first, and where they stand; and to parts of notes that there are not. */
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
	return { verb: 'broken', links, parts: await partsOf(index, limit, slices) };
}

async function partsOf(index: FolderIndex, limit: number, slices: Slices): Promise<readonly BrokenPart[]> {
	const parts: BrokenPart[] = [];
	// Beside it notes may come and go: what has gone meanwhile is told of no more.
	for (const { from, to, link, part } of brokenParts(index.links)) {
		const [source, target] = [index.links.note(from), index.links.note(to)];
		if (source !== undefined && target !== undefined) {
			const name = part.block === undefined ? (part.heading ?? '') : `^${part.block}`;
			parts.push({ from: source.path, to: target.path, line: link.line, part: name });
		}
		await slices.pause();
	}
	return parts.sort(byPlace).slice(0, limit);
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
