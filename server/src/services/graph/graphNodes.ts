import type { EmbeddedGraph } from '../../core/graph/embeddedGraph.ts';
import type { NodeId, Reached } from '../../ports/graph.ts';
import { UserError } from '../../ports/system.ts';
import type { GraphNode, GraphStep } from '../../protocol/graph.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';

/** The node of a note's path or name, or of `tag:NAME` or `missing:NAME`. Throws `UserError` where there is none. */
export function findNode(index: FolderIndex, graph: EmbeddedGraph, name: string): NodeId {
	const note = index.noteAt(name) ?? index.noteNamed({ kind: 'wiki', target: name }, '');
	if (note !== undefined) return `note:${note.stamp.path}`;
	const [kind, ...rest] = name.split(':');
	if (kind === 'tag' || kind === 'missing') {
		const text = rest.join(':').replace(/^#/, '').toLowerCase();
		const id: NodeId = `${kind}:${text}`;
		if (graph.has(id)) return id;
		throw new UserError(
			kind === 'tag' ? `No note has the tag ${text}.` : `No note links to a missing ${text}.`,
		);
	}
	throw new UserError(`${name} is not in the index. See \`jarvis status\` for what is.`);
}

export function nodeOf(graph: EmbeddedGraph, id: NodeId): GraphNode {
	const [kind, name] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
	if (kind === 'note') return { kind, path: name, title: graph.title(id) ?? name };
	return { kind: kind === 'tag' ? kind : 'missing', title: name };
}

export function stepOf(graph: EmbeddedGraph, { id, depth, from, kind, direction }: Reached): GraphStep {
	return { node: nodeOf(graph, id), depth, from: nodeOf(graph, from), kind, direction };
}
