import fc from 'fast-check';
import type { GraphChange, GraphEdge, GraphNote, NodeId } from '../../server/src/ports/graph.ts';

const noteNames = ['a', 'b', 'B', 'f/c', 'd', '𝒳', '～'];
const targets: readonly GraphEdge[] = [
	...noteNames.flatMap((name) => edges([name, 'link'], [name, 'up'])),
	...['t', 't/u', 't/u/v', 'tt'].map((tag): GraphEdge => ({ to: `tag:${tag}`, kind: 'tag' })),
	...['m', 'n'].map((name): GraphEdge => ({ to: `missing:${name}`, kind: 'link' })),
];

type World = ReadonlyMap<NodeId, GraphNote>;

/** All notes of a folder at one time: as promised, an edge to a note leads to one that is there. */
export const world: fc.Arbitrary<World> = fc
	.array(fc.tuple(fc.constantFrom(...noteNames), fc.subarray([...targets], { maxLength: 6 })), {
		maxLength: 12,
	})
	.map((all) => {
		const chosen = new Map(all);
		const there = new Set([...chosen.keys()].map((name) => `note:${name}.md`));
		return new Map(
			[...chosen].map(([name, own]): [NodeId, GraphNote] => {
				const id: NodeId = `note:${name}.md`;
				const kept = own.filter(({ to }) => to !== id && (!to.startsWith('note:') || there.has(to)));
				return [id, { id, title: name, edges: kept }];
			}),
		);
	});

/** What leads from one to the other. */
export function changeFrom(before: World, now: World): GraphChange {
	const differs = (note: GraphNote) => JSON.stringify(note) !== JSON.stringify(before.get(note.id));
	return {
		put: [...now.values()].filter(differs),
		remove: [...before.keys()].filter((id) => !now.has(id)),
	};
}

/** From pairs of a note's name and the kind of the edge to it. */
export function edges(...all: readonly (readonly [string, string])[]): readonly GraphEdge[] {
	return all.map(([to, kind]) => ({ to: `note:${to}.md`, kind }));
}
