import { expect, test } from 'vitest';
import { EmbeddedGraph } from '../../../server/src/core/graph/embeddedGraph.ts';
import type { GraphNote, NodeId } from '../../../server/src/ports/graph.ts';

const { signal } = new AbortController();
const idOf = (leaf: number): NodeId => `note:leaf ${leaf}.md`;

test.each([1, 7, 500, 3000])(
	'the first %i of a wide level are those that sorting all would give',
	async (limit) => {
		const leaves = Array.from({ length: 3000 }, (_, leaf) => idOf((leaf * 1009) % 3000));
		const graph = new EmbeddedGraph();
		await graph.apply({ put: [hub(leaves)], remove: [] }, signal);
		expect(await first(graph, limit)).toEqual([...leaves].sort().slice(0, limit));
		// Nodes that came later are not in the order of their numbers.
		const more = [idOf(-1), ...leaves, idOf(15_000), 'note:a.md', 'missing:z'] as const;
		await graph.apply({ put: [hub(more)], remove: [] }, signal);
		expect(await first(graph, limit)).toEqual([...more].sort().slice(0, limit));
	},
);

function hub(leaves: readonly NodeId[]): GraphNote {
	return { id: 'note:hub.md', title: 'hub', edges: leaves.map((to) => ({ to, kind: 'link' })) };
}

async function first(graph: EmbeddedGraph, limit: number): Promise<readonly NodeId[]> {
	const found = await graph.neighbors({ from: 'note:hub.md', direction: 'out', depth: 1, limit }, signal);
	return found.map(({ id }) => id);
}
