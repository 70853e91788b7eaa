import neo4j from 'neo4j-driver';
import { expect, inject, onTestFinished, test } from 'vitest';
import { taggedStatement } from '../../server/src/adapters/neo4j/traversals.ts';
import { noteDigest } from '../../server/src/core/links/noteDigest.ts';
import type { GraphNote, NodeId } from '../../server/src/ports/graph.ts';
import { openNeo4jGraph } from '../support/neo4jGraphs.ts';

const { signal } = new AbortController();

test('two workspaces in one database see and change nothing of each other', async () => {
	const [mine, theirs] = [await openNeo4jGraph(), await openNeo4jGraph()];
	const notes = [note('a', ['note:b', 'tag:x/y', 'missing:z']), note('b', [])];
	await mine.apply({ put: notes, remove: [] }, signal);
	await theirs.apply({ put: [...notes, note('c', ['note:a'])], remove: [] }, signal);
	expect(await mine.counts(signal)).toEqual({ notes: 2, tags: 2, missing: 1, edges: 3 });
	await theirs.apply({ put: [], remove: ['note:a', 'note:b', 'note:c'] }, signal);
	expect(await theirs.counts(signal)).toEqual({ notes: 0, tags: 0, missing: 0, edges: 0 });
	expect(await mine.counts(signal)).toEqual({ notes: 2, tags: 2, missing: 1, edges: 3 });
	const around = await mine.neighbors({ from: 'note:b', direction: 'both', depth: 5, limit: 500 }, signal);
	expect(around.map(({ id }) => id)).not.toContain('note:c');
});

test('ids sort by UTF-16 code unit, which is not the order of the server', async () => {
	const graph = await openNeo4jGraph();
	const ids = ['\u{1F600}', '\uFF01', '\uE000', 'z', '\u{10000}', 'é', 'a'].map((name) => `note:${name}`);
	await graph.apply({ put: [note('start', ids as NodeId[])], remove: [] }, signal);
	for (const limit of [3, 7]) {
		const found = await graph.neighbors({ from: 'note:start', direction: 'out', depth: 1, limit }, signal);
		expect(found.map(({ id }) => id)).toEqual([...ids].sort().slice(0, limit));
	}
});

test('nothing in a note is taken for Cypher', async () => {
	const graph = await openNeo4jGraph();
	const evil = "note:') DETACH DELETE n //`$x` \\u0027 $(1) '\"" as const;
	const edges = [{ to: evil, kind: "a`]->() DETACH DELETE n //'" }];
	await graph.apply({ put: [note('a', []), { id: 'note:b', title: evil, edges }], remove: [] }, signal);
	const walk = { direction: 'both', depth: 2, limit: 10 } as const;
	expect(await graph.neighbors({ ...walk, from: 'note:b' }, signal)).toMatchObject([
		{ id: evil, kind: edges[0]!.kind },
	]);
	expect(await graph.neighbors({ ...walk, from: evil, kinds: ["'"], tag: "' OR 1=1 //" }, signal)).toEqual(
		[],
	);
	expect(await graph.counts(signal)).toMatchObject({ notes: 2 });
});

test('a depth that is no whole number from 1 to 5 reaches no server', async () => {
	const graph = await openNeo4jGraph();
	for (const depth of [0, 6, 1.5, Number.NaN, '1) DETACH DELETE n //' as unknown as number]) {
		const asked = { direction: 'both', depth } as const;
		await expect(graph.neighbors({ ...asked, from: 'note:a', limit: 1 }, signal)).rejects.toThrow(RangeError);
		await expect(graph.shortestPath('note:a', 'note:b', asked, signal)).rejects.toThrow(RangeError);
	}
});

test.each(['out', 'in', 'both'] as const)(
	'a walk to what has a tag, %s, meets every node once',
	async (direction) => {
		const { uri, user, password } = inject('neo4j');
		const driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
		onTestFinished(() => driver.close());
		const asked = { workspace: 'w', from: 'note:a', kinds: ['link'], tag: 't', limit: 10 };
		for (const hasKinds of [true, false]) {
			const statement = taggedStatement({ direction, hasKinds, depth: 4 });
			const { summary } = await driver.executeQuery(`EXPLAIN ${statement}`, asked);
			// As one path after another the walk would never end where notes have thousands of links.
			expect(JSON.stringify(summary.plan)).toContain('VarLengthExpand(Pruning,BFS');
			expect(JSON.stringify(summary.plan)).not.toContain('"VarLengthExpand(All');
		}
	},
);

test('digests and notes are read back as they were put, over more than one page', async () => {
	const graph = await openNeo4jGraph();
	const put = Array.from({ length: 2500 }, (_, index) => note(`${index}`, [`note:${index + 1}`, 'tag:t']));
	await graph.apply({ put, remove: [] }, signal);
	expect(await graph.digests(signal)).toEqual(new Map(put.map((one) => [one.id, noteDigest(one)])));
	const read = new Map<NodeId, string>();
	await graph.notes((batch) => {
		for (const one of batch) read.set(one.id, noteDigest(one));
	}, signal);
	expect(read).toEqual(await graph.digests(signal));
});

test('an aborted question is given up', async () => {
	const graph = await openNeo4jGraph();
	const abort = new AbortController();
	const asked = graph.counts(abort.signal);
	abort.abort(new Error('enough'));
	await expect(asked).rejects.toThrow('enough');
	expect(await graph.counts(signal)).toMatchObject({ notes: 0 });
});

function note(name: string, targets: readonly NodeId[]): GraphNote {
	const kindOf = (to: NodeId) => (to.startsWith('tag:') ? 'tag' : 'link');
	return { id: `note:${name}`, title: name, edges: targets.map((to) => ({ to, kind: kindOf(to) })) };
}
