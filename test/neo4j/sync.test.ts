import { auth, driver } from 'neo4j-driver';
import { expect, inject, onTestFinished, test } from 'vitest';
import { Neo4jGraph } from '../../server/src/adapters/neo4j/neo4jGraph.ts';
import type { Neo4jOptions } from '../../server/src/adapters/neo4j/options.ts';
import type { GraphChange } from '../../server/src/ports/graph.ts';
import { compareGraphs } from '../../server/src/services/graph/graphSyncDifference.ts';
import { syncOnce } from '../../server/src/services/graph/graphSyncOnce.ts';
import { followGraph } from '../support/followGraph.ts';
import { MapSource, noteInRow, row } from '../support/graphSource.ts';
import { neo4jOptions, openNeo4jGraph } from '../support/neo4jGraphs.ts';

const { signal } = new AbortController();

test('what is there at the start, what comes, changes and goes is on the server soon', async () => {
	const options = neo4jOptions();
	const source = new MapSource(row(1200));
	const { sync, until } = followGraph(source, new CountingGraph(options));
	expect(sync.state.kind).toBe('connecting');
	await until(({ isInStep }) => isInStep);
	const other = await openNeo4jGraph(options);
	expect(await other.counts(signal)).toMatchObject({ notes: 1200, tags: 11, edges: 3600 });

	source.remove('note:row/0.md');
	source.put({ ...noteInRow(1), title: 'Another' });
	source.put(noteInRow(1200));
	sync.changed({ put: [noteInRow(1), noteInRow(1200)], remove: ['note:row/0.md'] });
	expect(sync.isInStep).toBe(false);
	await until(({ isInStep }) => isInStep);
	expect(await compareGraphs(source, other, 'whole', signal)).toEqual({
		...{ notes: 1200, missing: [], changed: [], extra: [] },
	});
});

test('a later start sends what has changed meanwhile, and nothing else', async () => {
	const options = neo4jOptions();
	const source = new MapSource(row(30));
	const first = followGraph(source, new CountingGraph(options));
	await first.until(({ isInStep }) => isInStep);
	await first.sync.close();
	source.remove('note:row/3.md');
	source.put({ ...noteInRow(4), title: 'Renamed' });
	const graph = new CountingGraph(options);
	const second = followGraph(source, graph);
	await second.until(({ isInStep }) => isInStep);
	expect(graph.sent).toEqual(['note:row/4.md', 'note:row/3.md']);
});

test('what somebody else did to the notes is found by a check, which changes nothing, and put right', async () => {
	const options = neo4jOptions();
	const source = new MapSource(row(20));
	await syncOnce(source, new Neo4jGraph(options), { check: false }, signal);
	await tamper(options, [
		"MATCH (n:Note {workspace: $workspace, path: 'row/1.md'}) SET n.title = 'Other'",
		"MATCH (:Note {workspace: $workspace, path: 'row/2.md'})-[r:LINKS_TO]->() DELETE r",
		"MATCH (n:Note {workspace: $workspace, path: 'row/3.md'}) DETACH DELETE n",
		"MATCH (n:Note {workspace: $workspace, path: 'row/4.md'}) SET n.digest = 'x'",
		"CREATE (:JarvisNode:Note {workspace: $workspace, id: 'note:new.md', path: 'new.md', title: 'New'})",
	]);
	// Links to the third note went with it.
	const found = { notes: 20, missing: ['row/3.md'], extra: ['new.md'] };
	const changed = ['row/1.md', 'row/2.md', 'row/4.md'];
	for (let time = 0; time < 2; time++) {
		const checked = await syncOnce(source, new Neo4jGraph(options), { check: true }, signal);
		expect(checked).toMatchObject({ ...found, changed, inStep: false });
	}
	const repaired = await syncOnce(source, new Neo4jGraph(options), { check: false }, signal);
	expect(repaired).toMatchObject({ ...found, inStep: true });
	const after = await syncOnce(source, new Neo4jGraph(options), { check: true }, signal);
	expect(after).toMatchObject({ missing: [], changed: [], extra: [], inStep: true });
	const graph = await openNeo4jGraph(options);
	expect(await graph.counts(signal)).toMatchObject({ notes: 20, tags: 11, edges: 60 });
});

test('a running sync puts drift right by itself', async () => {
	const options = neo4jOptions();
	const source = new MapSource(row(5));
	const graph = new CountingGraph(options);
	const { until } = followGraph(source, graph, { checkEveryMs: 50, pingEveryMs: 100 });
	await until(({ isInStep }) => isInStep);
	graph.sent.length = 0;
	await tamper(options, ["MATCH (n:Note {workspace: $workspace, path: 'row/1.md'}) SET n.title = 'Other'"]);
	await until(() => graph.sent.length > 0);
	expect(new Set(graph.sent)).toEqual(new Set(['note:row/1.md']));
});

/** Remembers what it was sent. */
class CountingGraph extends Neo4jGraph {
	readonly sent: string[] = [];

	override async apply(change: GraphChange, signal: AbortSignal): Promise<void> {
		await super.apply(change, signal);
		this.sent.push(...change.put.map(({ id }) => id), ...change.remove);
	}
}

/** Somebody at the server's own console. */
async function tamper({ workspace }: Neo4jOptions, statements: readonly string[]): Promise<void> {
	const { uri, user, password } = inject('neo4j');
	const console = driver(uri, auth.basic(user, password));
	onTestFinished(() => console.close());
	for (const statement of statements) await console.executeQuery(statement, { workspace });
}
