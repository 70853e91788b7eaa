import { Slices } from '../../core/slices.ts';
import type { AmbiguousLink, GraphResult } from '../../protocol/graph.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';

/** Links that several notes answer to, with the one that each is taken to mean: by the rule that docs/links.md states. */
export async function findAmbiguous({ links }: FolderIndex, limit: number): Promise<GraphResult> {
	const slices = new Slices();
	const found: AmbiguousLink[] = [];
	for (const { from, link, candidates } of links.ambiguous()) {
		const path = links.note(from)?.path;
		const meaning = path === undefined ? undefined : links.meaningOf(link, path);
		if (path !== undefined && meaning?.kind === 'note') {
			const others = candidates.filter((id) => id !== meaning.id).map((id) => links.note(id)!.path);
			const means = links.note(meaning.id)!.path;
			found.push({ from: path, line: link.line, target: link.target, means, others: others.sort() });
		}
		await slices.pause();
	}
	return { verb: 'ambiguous', links: found.sort(byPlace).slice(0, limit) };
}

interface Place {
	readonly from: string;
	readonly line: number;
}

/** By path, then by line. */
export function byPlace(a: Place, b: Place): number {
	if (a.from !== b.from) return a.from < b.from ? -1 : 1;
	return a.line - b.line;
}
