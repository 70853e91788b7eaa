import type { EdgeKind, GraphEdge, GraphNote, NodeId } from '../../ports/graph.ts';
import type { Link } from '../markdown/note.ts';

/** What a node of the graph is made from. */
export interface NotePart {
	readonly path: string;
	readonly title: string;
	readonly links: readonly Link[];
	readonly tags: readonly string[];
}

/** `targetOf` gives the node that the link at a place leads to. */
export function graphNoteOf(
	note: NotePart,
	parent: Pick<NotePart, 'path'> | undefined,
	targetOf: (place: number) => NodeId | undefined,
): GraphNote {
	const id = nodeIdOf(note);
	const edges: GraphEdge[] = [];
	const seen = new Set<string>();
	const add = (to: NodeId | undefined, kind: EdgeKind) => {
		if (to === undefined || to === id || seen.has(`${kind}\n${to}`)) return;
		seen.add(`${kind}\n${to}`);
		edges.push({ to, kind });
	};
	for (const [place, link] of note.links.entries()) add(targetOf(place), kindOf(link));
	for (const tag of note.tags) add(`tag:${tag.toLowerCase()}`, 'tag');
	if (parent !== undefined) add(nodeIdOf(parent), 'parent');
	return { id, title: note.title, edges };
}

export function nodeIdOf({ path }: Pick<NotePart, 'path'>): NodeId {
	return `note:${path}`;
}

function kindOf({ kind, relation }: Link): EdgeKind {
	return relation ?? (kind === 'embed' ? 'embed' : 'link');
}
