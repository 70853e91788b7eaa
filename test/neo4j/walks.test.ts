import { expect, test } from 'vitest';
import { randomFrom } from '../../scripts/host/random.ts';
import type { Direction, EdgeFilter, GraphNote, NodeId, Walk } from '../../server/src/ports/graph.ts';
import { openNeo4jGraph } from '../support/neo4jGraphs.ts';

const { signal } = new AbortController();
const kinds = ['link', 'up', 'tag', 'parent'];

test('walks and shortest ways of random graphs are those of a plain search in breadth', async () => {
	const random = randomFrom(7);
	const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
	for (let round = 0; round < 3; round++) {
		const graph = await openNeo4jGraph();
		const notes = randomNotes(12 + round * 10, random);
		await graph.apply({ put: notes, remove: [] }, signal);
		const plain = new PlainGraph(notes);
		for (let question = 0; question < 40; question++) {
			const direction = pick(['out', 'in', 'both'] as const);
			const filter = { direction, ...(random() < 0.4 ? { kinds: [pick(kinds), pick(kinds)] } : {}) };
			const from = pick(plain.ids);
			const tag = random() < 0.3 ? { tag: pick(['t', 't/1', 't/1/x', 'none']) } : {};
			const walk = {
				...filter,
				from,
				depth: 1 + Math.floor(random() * 5),
				limit: pick([1, 3, 7, 500]),
				...tag,
			};
			const found = await graph.neighbors(walk, signal);
			expect(found.map(({ id, depth, from }) => [id, depth, from])).toEqual(plain.neighbors(walk));
			for (const step of found) expect(plain.hasStep(step.from, step, filter)).toBe(true);

			const to = pick(plain.ids.filter((id) => id !== from));
			const way = await graph.shortestPath(from, to, { ...filter, depth: walk.depth }, signal);
			expect(way?.map(({ id }) => id)).toEqual(plain.way(from, to, { ...filter, depth: walk.depth }));
			for (const step of way ?? []) expect(plain.hasStep(step.from, step, filter)).toBe(true);
		}
	}
});

/** Names of one letter more than once, so that orders matter; tags within tags. */
function randomNotes(count: number, random: () => number): readonly GraphNote[] {
	return Array.from({ length: count }, (_, index): GraphNote => {
		const edges = new Map<string, GraphNote['edges'][number]>();
		for (let link = 0; link < 1 + random() * 2.5; link++) {
			const [target, missing] = [Math.floor(random() * count), random() < 0.1];
			const to: NodeId = missing ? `missing:m${target % 3}` : `note:${target}`;
			const kind = random() < 0.3 ? 'up' : 'link';
			if (target !== index) edges.set(`${kind} ${to}`, { to, kind });
		}
		const tag = ['t', 't/1', 't/1/x'][Math.floor(random() * 6)];
		if (tag !== undefined) edges.set(tag, { to: `tag:${tag}`, kind: 'tag' });
		return { id: `note:${index}`, title: `${index}`, edges: [...edges.values()] };
	});
}

/** What the port promises, as plainly as can be. */
class PlainGraph {
	readonly #edges: { readonly from: NodeId; readonly to: NodeId; readonly kind: string }[] = [];
	readonly #notes: ReadonlyMap<NodeId, GraphNote>;
	readonly ids: readonly NodeId[];

	constructor(notes: readonly GraphNote[]) {
		this.#notes = new Map(notes.map((note) => [note.id, note]));
		for (const { id, edges } of notes) for (const edge of edges) this.#edges.push({ from: id, ...edge });
		const tags = new Set(this.#edges.flatMap(({ to }) => (to.startsWith('tag:') ? [to] : [])));
		for (const tag of tags) {
			if (!tag.includes('/')) continue;
			const parent = tag.slice(0, tag.lastIndexOf('/')) as NodeId;
			this.#edges.push({ from: tag, to: parent, kind: 'parent' });
			tags.add(parent);
		}
		this.ids = [...new Set([...this.#notes.keys(), ...this.#edges.map(({ to }) => to)])];
	}

	neighbors({ from, tag, limit, ...rest }: Walk): readonly (readonly [NodeId, number, NodeId])[] {
		const reached = [...this.#reach(from, rest)].filter(([id]) => tag === undefined || this.#hasTag(id, tag));
		return reached
			.sort(([a, left], [b, right]) => left.depth - right.depth || (a < b ? -1 : 1))
			.slice(0, limit)
			.map(([id, { depth, before }]) => [id, depth, before]);
	}

	way(
		from: NodeId,
		to: NodeId,
		filter: EdgeFilter & { readonly depth: number },
	): readonly NodeId[] | undefined {
		const reached = this.#reach(from, filter);
		if (!reached.has(to)) return undefined;
		const ids: NodeId[] = [];
		for (let at = to; at !== from; at = reached.get(at)!.before) ids.unshift(at);
		return ids;
	}

	hasStep(
		from: NodeId,
		step: { readonly id: NodeId; readonly kind: string; readonly direction: Direction },
		filter: EdgeFilter,
	): boolean {
		return this.#steps(from, filter).some(
			({ to, kind, direction }) => to === step.id && kind === step.kind && direction === step.direction,
		);
	}

	#reach(from: NodeId, { depth, ...filter }: EdgeFilter & { readonly depth: number }) {
		const reached = new Map<NodeId, { readonly depth: number; readonly before: NodeId }>();
		let layer = [from];
		for (let at = 1; at <= depth; at++) {
			const next = new Set<NodeId>();
			// In order, so that the first to reach a node is the first by id.
			for (const before of layer.sort()) {
				for (const { to } of this.#steps(before, filter)) {
					if (to === from || reached.has(to)) continue;
					reached.set(to, { depth: at, before });
					next.add(to);
				}
			}
			layer = [...next];
		}
		return reached;
	}

	#steps(at: NodeId, { direction, kinds }: EdgeFilter) {
		const fits = ({ kind }: { readonly kind: string }) => kinds === undefined || kinds.includes(kind);
		const out = this.#edges.filter((edge) => edge.from === at && fits(edge));
		const into = this.#edges.filter((edge) => edge.to === at && fits(edge));
		return [
			...(direction === 'in' ? [] : out.map(({ to, kind }) => ({ to, kind, direction: 'out' as const }))),
			...(direction === 'out'
				? []
				: into.map(({ from, kind }) => ({ to: from, kind, direction: 'in' as const }))),
		];
	}

	#hasTag(id: NodeId, tag: string): boolean {
		const edges = this.#notes.get(id)?.edges ?? [];
		return edges.some(({ to }) => to === `tag:${tag}` || to.startsWith(`tag:${tag}/`));
	}
}
