import { UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import { expect, test } from 'vitest';
import { closeness } from '../../../server/src/core/graph/closeness.ts';
import { communitiesOf } from '../../../server/src/core/graph/communities.ts';
import type { GraphTables } from '../../../server/src/core/graph/graphTables.ts';
import { hubsAndAuthorities } from '../../../server/src/core/graph/hits.ts';
import { type NoteLinks, noteLinksOf } from '../../../server/src/core/graph/noteLinks.ts';
import { pageRank } from '../../../server/src/core/graph/pageRank.ts';
import { tablesOfNotes } from '../../../server/src/core/graph/tablesOfNotes.ts';
import { Slices } from '../../../server/src/core/slices.ts';
import type { GraphNote } from '../../../server/src/ports/graph.ts';

// Its types say it has a default export, which it is itself.
const louvain = louvainModule as unknown as typeof louvainModule.default;
const slices = new Slices();

function tablesOf(notes: Readonly<Record<string, readonly string[]>>): Promise<GraphTables> {
	const all = Object.entries(notes).map(
		([name, links]): GraphNote => ({
			id: `note:${name}`,
			title: name,
			edges: links.map((to) => ({ to: `note:${to}`, kind: 'link' })),
		}),
	);
	return tablesOfNotes(all, slices);
}

/** Groups of `size` notes in rings, each linked to the next few, and one link from each group to the next. */
function ringsOf(groups: number, size: number): Readonly<Record<string, readonly string[]>> {
	const name = (group: number, at: number) => `${group % groups}-${at % size}`;
	const notes: Record<string, string[]> = {};
	for (let group = 0; group < groups; group++) {
		for (let at = 0; at < size; at++) {
			const links = [1, 2, 3].map((step) => name(group, at + step));
			notes[name(group, at)] = at === 0 ? [...links, name(group + 1, 0)] : links;
		}
	}
	return notes;
}

test('PageRank is what its equation says, with links doubled by kind counted once', async () => {
	const tables = await tablesOfNotes(
		[
			{
				id: 'note:a',
				title: 'a',
				edges: [
					{ to: 'note:b', kind: 'link' },
					{ to: 'note:b', kind: 'up' },
					{ to: 'note:c', kind: 'link' },
					{ to: 'note:d', kind: 'parent' },
				],
			},
			{ id: 'note:b', title: 'b', edges: [{ to: 'note:c', kind: 'link' }] },
			{ id: 'note:c', title: 'c', edges: [{ to: 'note:a', kind: 'link' }] },
			{ id: 'note:d', title: 'd', edges: [{ to: 'tag:t', kind: 'tag' }] },
		],
		slices,
	);
	const [a, b, c, d] = (await pageRank(noteLinksOf(tables, ['parent']), slices)) as unknown as [
		number,
		number,
		number,
		number,
	];
	const base = (0.15 + 0.85 * d) / 4;
	expect(a + b + c + d).toBeCloseTo(1, 6);
	expect(d).toBeCloseTo(base, 6);
	expect(b).toBeCloseTo(base + (0.85 * a) / 2, 6);
	expect(c).toBeCloseTo(base + (0.85 * a) / 2 + 0.85 * b, 6);
	expect(a).toBeCloseTo(base + 0.85 * c, 6);
});

test('a hub points at authorities, and they at nothing', async () => {
	const tables = await tablesOf({ index: ['x', 'y', 'z'], toc: ['x', 'y'], x: [], y: [], z: [] });
	const links = noteLinksOf(tables, []);
	const { hubs, authorities } = await hubsAndAuthorities(links, slices);
	const by = (values: Float64Array) =>
		Object.fromEntries([...links.nodes].map((node, at) => [tables.title(node), values[at]!]));
	expect(by(hubs)).toMatchObject({ x: 0, y: 0, z: 0 });
	expect(by(hubs).index).toBeGreaterThan(by(hubs).toc!);
	expect(by(authorities).x).toBeCloseTo(by(authorities).y!, 9);
	expect(by(authorities).x).toBeGreaterThan(by(authorities).z!);
	expect(by(authorities).index).toBe(0);
});

test('no links rank no note above another', async () => {
	const links = noteLinksOf(await tablesOf({ a: [], b: [] }), []);
	expect([...(await pageRank(links, slices))]).toEqual([0.5, 0.5]);
	expect([...(await hubsAndAuthorities(links, slices)).hubs]).toEqual([0, 0]);
	expect([...(await communitiesOf(links, slices))]).toEqual([0, 1]);
});

test('what is linked is closer than what is linked from there, either way, and what is not is not told', async () => {
	const tables = await tablesOf({ a: ['b'], b: ['c'], c: [], back: ['a'], far: ['other'], other: [] });
	const near = closeness(tables, 'note:a');
	expect(near.get('note:b')).toBeGreaterThan(near.get('note:c')!);
	expect(near.get('note:back')).toBeGreaterThan(0);
	expect(near.has('note:a')).toBe(false);
	expect(near.has('note:far')).toBe(false);
	expect([...near.values()].reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(1);
	expect(closeness(tables, 'note:nowhere').size).toBe(0);
});

test('each ring of notes is one community', async () => {
	const tables = await tablesOf(ringsOf(6, 12));
	const links = noteLinksOf(tables, []);
	const communities = await communitiesOf(links, slices);
	const rings = new Map<string, Set<number>>();
	for (const [at, node] of links.nodes.entries()) {
		const ring = tables.title(node)!.split('-')[0]!;
		rings.set(ring, new Set([...(rings.get(ring) ?? []), communities[at]!]));
	}
	expect([...rings.values()].map((own) => own.size)).toEqual([1, 1, 1, 1, 1, 1]);
	expect(new Set(communities).size).toBe(6);
});

test('communities are as good as those of a library', async () => {
	let state = 7;
	const random = () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	const notes = Object.fromEntries(
		Array.from({ length: 400 }, (_, note) => [
			String(note),
			Array.from({ length: 4 }, () =>
				String(
					random() < 0.7
						? Math.floor(note / 20) * 20 + Math.floor(random() * 20)
						: Math.floor(random() * 400),
				),
			),
		]),
	);
	const links = noteLinksOf(await tablesOf(notes), []);
	const graph = new UndirectedGraph();
	for (let note = 0; note < links.nodes.length; note++) graph.addNode(note);
	for (let note = 0; note < links.nodes.length; note++) {
		for (const other of links.to.subarray(links.start[note], links.start[note + 1])) {
			if (note === other) continue;
			graph.updateEdge(note, other, ({ weight = 0 }) => ({ weight: (weight as number) + 1 }));
		}
	}
	const theirs = louvain(graph, { rng: random });
	const ours = await communitiesOf(links, slices);
	const theirModularity = modularity(links, (note) => theirs[note]!);
	expect(theirModularity).toBeGreaterThan(0.3);
	expect(modularity(links, (note) => ours[note]!)).toBeGreaterThan(theirModularity - 0.03);
});

/** Share of links within communities, less what chance would have there. */
function modularity({ start, to, nodes }: NoteLinks, groupOf: (note: number) => number): number {
	const ends = new Map<number, number>();
	let within = 0;
	for (let note = 0; note < nodes.length; note++) {
		for (const other of to.subarray(start[note], start[note + 1])) {
			for (const each of [note, other]) ends.set(groupOf(each), (ends.get(groupOf(each)) ?? 0) + 1);
			if (groupOf(note) === groupOf(other)) within++;
		}
	}
	const chance = [...ends.values()].reduce((sum, each) => sum + (each / (2 * to.length)) ** 2, 0);
	return within / to.length - chance;
}
