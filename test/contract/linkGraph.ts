import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Direction, GraphChange, GraphNote, LinkGraph, NodeId } from '../../server/src/ports/graph.ts';
import { changeFrom, edges, note, put, tagged, world } from '../support/graphNotes.ts';
import { ReferenceGraph } from '../support/referenceGraph.ts';
import { crowdedChanges, crowdedWalks } from './crowdedGraph.ts';

const signal = new AbortController().signal;
const depths = [1, 2, 3, 5];
const directions: readonly Direction[] = ['out', 'in', 'both'];

/**
 * What every `LinkGraph` promises. `make` gives an empty one each time; those made are closed. `runs` is how many
 * random histories are tried: fewer where each costs much.
 */
export function linkGraphContract(
	name: string,
	make: () => Promise<LinkGraph>,
	{ runs = 100 }: { readonly runs?: number } = {},
): void {
	describe(name, () => {
		const made: LinkGraph[] = [];
		const open = async (...changes: readonly GraphChange[]) => {
			const graph = await make();
			made.push(graph);
			for (const change of changes) await graph.apply(change, signal);
			return graph;
		};
		afterEach(async () => {
			for (const graph of made.splice(0)) await graph.close();
		});

		test('an empty graph answers with nothing', async () => {
			const graph = await open();
			expect(await graph.counts(signal)).toEqual({ notes: 0, tags: 0, missing: 0, edges: 0 });
			expect(await graph.orphans(500, signal)).toEqual([]);
			expect(await graph.missing(500, signal)).toEqual([]);
			expect(await neighbors(graph, 'note:a.md')).toEqual([]);
			expect(await path(graph, 'note:a.md', 'note:a.md')).toBeUndefined();
		});

		test('neighbours come by depth, then by id, each with its last edge', async () => {
			const graph = await open(put(note('a', 'b', 'c'), note('b', 'd'), note('c', 'd'), note('d')));
			expect(await graph.neighbors(walkFrom('note:a.md', { direction: 'out', depth: 2 }), signal)).toEqual([
				{ id: 'note:b.md', depth: 1, from: 'note:a.md', kind: 'link', direction: 'out' },
				{ id: 'note:c.md', depth: 1, from: 'note:a.md', kind: 'link', direction: 'out' },
				{ id: 'note:d.md', depth: 2, from: 'note:b.md', kind: 'link', direction: 'out' },
			]);
			expect(await graph.neighbors(walkFrom('note:d.md', { direction: 'in', limit: 1 }), signal)).toEqual([
				{ id: 'note:b.md', depth: 1, from: 'note:d.md', kind: 'link', direction: 'in' },
			]);
		});

		test('ids are ordered by UTF-16 code unit, as a program compares strings', async () => {
			const names = ['Z', 'a', 'é', '～', '𝒳', '10', '9'];
			const graph = await open(put(note('start', ...names), ...names.map((each) => note(each))));
			const ids = (await neighbors(graph, 'note:start.md')).map(({ id }) => id);
			expect(ids).toEqual([...names].map((each) => `note:${each}.md`).sort());
		});

		test('of two edges between two nodes the one along is told, then the first kind', async () => {
			const graph = await open(
				put(
					{ id: 'note:a.md', title: 'a', edges: edges(['b', 'up'], ['b', 'link']) },
					{ id: 'note:b.md', title: 'b', edges: edges(['a', 'embed']) },
				),
			);
			expect(await neighbors(graph, 'note:a.md')).toMatchObject([{ kind: 'link', direction: 'out' }]);
			expect(await neighbors(graph, 'note:b.md')).toMatchObject([{ kind: 'embed', direction: 'out' }]);
		});

		test('kinds that are asked for are the only ones walked', async () => {
			const graph = await open(
				put(
					{ id: 'note:a.md', title: 'a', edges: edges(['b', 'up'], ['c', 'link']) },
					note('b', 'd'),
					note('c', 'd'),
					note('d'),
				),
			);
			const found = await graph.neighbors(
				walkFrom('note:a.md', { depth: 3, direction: 'out', kinds: ['link'] }),
				signal,
			);
			expect(found.map(({ id }) => id)).toEqual(['note:c.md', 'note:d.md']);
			expect(await graph.neighbors(walkFrom('note:a.md', { kinds: ['similar'] }), signal)).toEqual([]);
			expect(await graph.neighbors(walkFrom('note:a.md', { kinds: [] }), signal)).toEqual([]);
		});

		test('a tag keeps the notes that have it or one within it, and is walked past', async () => {
			const graph = await open(
				put(
					note('a', 'b'),
					note('b', 'c', 'd', 'e'),
					tagged('c', 'plants/trees'),
					tagged('d', 'plants'),
					tagged('e', 'plantsandmore'),
				),
			);
			const walk = walkFrom('note:a.md', { depth: 2, direction: 'out', tag: 'plants' });
			const found = await graph.neighbors(walk, signal);
			expect(found.map(({ id }) => id)).toEqual(['note:c.md', 'note:d.md']);
		});

		test('a tag within a tag leads to it, as long as a note has it', async () => {
			const graph = await open(put(tagged('a', 'x/y/z')));
			expect(await graph.counts(signal)).toEqual({ notes: 1, tags: 3, missing: 0, edges: 1 });
			const found = await graph.neighbors(walkFrom('note:a.md', { depth: 3, direction: 'out' }), signal);
			expect(found.map(({ id, kind }) => [id, kind])).toEqual([
				['tag:x/y/z', 'tag'],
				['tag:x/y', 'parent'],
				['tag:x', 'parent'],
			]);
			await graph.apply(put(tagged('a', 'x')), signal);
			expect(await graph.counts(signal)).toEqual({ notes: 1, tags: 1, missing: 0, edges: 1 });
		});

		test('a shortest way is told step by step, with the first node before where there are several', async () => {
			const graph = await open(
				put(note('a', 'y', 'x'), note('x', 'm'), note('y', 'm'), note('m', 'z'), note('z'), note('far')),
			);
			const steps = await path(graph, 'note:a.md', 'note:z.md', 'out');
			expect(steps?.map(({ from, id, depth }) => [from, id, depth])).toEqual([
				['note:a.md', 'note:x.md', 1],
				['note:x.md', 'note:m.md', 2],
				['note:m.md', 'note:z.md', 3],
			]);
			expect(await path(graph, 'note:a.md', 'note:z.md', 'in')).toBeUndefined();
			expect(await path(graph, 'note:a.md', 'note:far.md')).toBeUndefined();
			expect(await path(graph, 'note:a.md', 'note:nowhere.md')).toBeUndefined();
			expect(await path(graph, 'note:a.md', 'note:a.md')).toEqual([]);
			const tooShort = { direction: 'out', depth: 2 } as const;
			expect(await graph.shortestPath('note:a.md', 'note:z.md', tooShort, signal)).toBeUndefined();
		});

		test('orphans have tags and missing links at most', async () => {
			const graph = await open(
				put(
					note('a', 'b'),
					note('b'),
					tagged('lonely', 't'),
					{ id: 'note:hopeful.md', title: 'h', edges: [{ to: 'missing:later', kind: 'link' }] },
					note('alone'),
				),
			);
			const all = ['note:alone.md', 'note:hopeful.md', 'note:lonely.md'];
			expect(await graph.orphans(500, signal)).toEqual(all);
			expect(await graph.orphans(2, signal)).toEqual(all.slice(0, 2));
		});

		test('missing notes are told by how many want them', async () => {
			const wanting = (name: string, ...names: readonly string[]): GraphNote => ({
				id: `note:${name}.md`,
				title: name,
				edges: names.flatMap((to) => [
					{ to: `missing:${to}`, kind: 'link' },
					{ to: `missing:${to}`, kind: 'up' },
				]),
			});
			const graph = await open(put(wanting('a', 'x', 'y', 'z'), wanting('b', 'y'), wanting('c', 'z', 'y')));
			const from = (...names: readonly string[]) => names.map((each) => `note:${each}.md`);
			expect(await graph.missing(500, signal)).toEqual([
				{ id: 'missing:y', from: from('a', 'b', 'c') },
				{ id: 'missing:z', from: from('a', 'c') },
				{ id: 'missing:x', from: from('a') },
			]);
			await graph.apply(put(note('a'), note('b')), signal);
			expect(await graph.missing(1, signal)).toEqual([{ id: 'missing:y', from: from('c') }]);
		});

		test('putting what is there changes nothing, and an aborted change changes nothing', async () => {
			const graph = await open(put(note('a', 'b'), note('b')), put(note('a', 'b')));
			expect(await graph.counts(signal)).toEqual({ notes: 2, tags: 0, missing: 0, edges: 1 });
			await expect(graph.apply(put(note('c')), AbortSignal.abort())).rejects.toThrow();
			expect(await graph.counts(signal)).toEqual({ notes: 2, tags: 0, missing: 0, edges: 1 });
		});

		test('of levels far wider than what is asked for the first by id are told', async () => {
			const [graph, reference] = [await open(...crowdedChanges()), new ReferenceGraph()];
			for (const change of crowdedChanges()) await reference.apply(change, signal);
			for (const walk of crowdedWalks())
				expect(await graph.neighbors(walk, signal)).toEqual(await reference.neighbors(walk));
		}, 120_000);

		test('after any history a graph answers as one built afresh, and as the reference', async () => {
			await fc.assert(
				fc.asyncProperty(fc.array(world, { minLength: 1, maxLength: 6 }), async (worlds) => {
					const changes = worlds.map((now, at) => changeFrom(worlds[at - 1] ?? new Map(), now));
					const last = worlds.at(-1)!;
					const reference = new ReferenceGraph();
					await reference.apply({ put: [...last.values()], remove: [] }, signal);
					const patched = await open(...changes);
					const fresh = await open(put(...[...last.values()].reverse()));
					const expected = await everyAnswer(reference);
					expect(await everyAnswer(patched)).toEqual(expected);
					expect(await everyAnswer(fresh)).toEqual(expected);
					for (const graph of made.splice(0)) await graph.close();
				}),
				{ numRuns: runs },
			);
		}, 120_000);
	});
}

async function everyAnswer(graph: LinkGraph): Promise<unknown> {
	const answers: unknown[] = [
		await graph.counts(signal),
		await graph.orphans(500, signal),
		await graph.missing(500, signal),
	];
	const starts: readonly NodeId[] = ['note:a.md', 'note:𝒳.md', 'tag:t', 'missing:m'];
	for (const from of starts) {
		for (const direction of directions) {
			for (const depth of depths)
				answers.push(await graph.neighbors({ from, direction, depth, limit: 500 }, signal));
			answers.push(
				await graph.neighbors({ from, direction, depth: 2, limit: 3, kinds: ['link', 'tag'] }, signal),
			);
			answers.push(await graph.neighbors({ from, direction, depth: 3, limit: 500, tag: 't' }, signal));
			for (const to of [...starts, 'note:～.md', 'tag:t/u/v'] as const)
				answers.push(await path(graph, from, to, direction));
		}
	}
	return answers;
}

type WalkOptions = Partial<Omit<Parameters<LinkGraph['neighbors']>[0], 'from'>>;

function walkFrom(from: NodeId, options: WalkOptions = {}): Parameters<LinkGraph['neighbors']>[0] {
	return { from, direction: 'both', depth: 1, limit: 500, ...options };
}

function neighbors(graph: LinkGraph, from: NodeId) {
	return graph.neighbors(walkFrom(from), signal);
}

function path(graph: LinkGraph, from: NodeId, to: NodeId, direction: Direction = 'both') {
	return graph.shortestPath(from, to, { direction, depth: 5 }, signal);
}
