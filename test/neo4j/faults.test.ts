import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Neo4jServer } from '../../scripts/host/neo4jServer.ts';
import { Neo4jGraph } from '../../server/src/adapters/neo4j/neo4jGraph.ts';
import type { Neo4jOptions } from '../../server/src/adapters/neo4j/options.ts';
import type { GraphChange, LinkGraph, Walk } from '../../server/src/ports/graph.ts';
import type { GraphFault } from '../../server/src/ports/remoteGraph.ts';
import { GraphBackend } from '../../server/src/services/graph/graphBackend.ts';
import { compareGraphs } from '../../server/src/services/graph/graphSyncDifference.ts';
import { followGraph } from '../support/followGraph.ts';
import { MapSource, noteInRow, row } from '../support/graphSource.ts';
import { neo4jOptions } from '../support/neo4jGraphs.ts';
import { silentServer } from '../support/silentServer.ts';

const { signal } = new AbortController();
const walk: Walk = { from: 'note:row/0.md', direction: 'out', depth: 1, limit: 10 };
/** Of the tests here alone: it is stopped and killed. */
let server: Neo4jServer;

beforeAll(async () => {
	server = await Neo4jServer.start({ password: 'another-password', startsQuickly: true });
});

afterAll(() => server?.dispose());

test('a server without anything is set up by many at once', async () => {
	const graphs = Array.from({ length: 8 }, () => new Neo4jGraph(serverOptions()));
	for (const graph of graphs) onTestFinished(() => graph.close());
	await Promise.all(graphs.map((graph) => graph.open(signal)));
	for (const graph of graphs) expect(await graph.counts(signal)).toMatchObject({ notes: 0 });
});

test('a server that is down at the start, killed while it is sent to, and stopped: nothing is lost', async () => {
	await server.stop();
	const source = new MapSource(row(1500));
	const options = serverOptions();
	const graph = new InterruptedGraph(options);
	const { sync, until } = followGraph(source, graph);
	const backend = new GraphBackend({ embedded: emptyGraph, server: () => ({ remote: graph, sync }) });
	await until(({ state }) => state.kind === 'off');
	expect(sync.state).toMatchObject({ reason: expect.stringMatching(/can't be reached \(ECONNREFUSED\)/) });
	const { sinceMs } = sync.state;
	expect(await backend.neighbors(walk, signal)).toMatchObject({ by: 'embedded', reason: expect.any(String) });

	graph.afterFirstBatch = () => server.kill();
	await server.start();
	await until(() => graph.afterFirstBatch === undefined);
	await until(({ state }) => state.kind === 'off');
	expect(sync.state.sinceMs).toBeGreaterThan(sinceMs);
	source.remove('note:row/0.md');
	sync.changed({ put: [], remove: ['note:row/0.md'] });
	await server.start();
	await until(({ isInStep }) => isInStep);
	expect(await compareGraphs(source, graph, 'whole', signal)).toMatchObject({
		missing: [],
		changed: [],
		extra: [],
	});
	const asked = { ...walk, from: 'note:row/1.md' } as const;
	expect(await backend.neighbors(asked, signal)).toMatchObject({ by: 'neo4j', answer: { length: 3 } });

	// Stopped while nobody sends: the next question finds out, and is answered all the same.
	await server.stop();
	expect(await backend.neighbors(asked, signal)).toMatchObject({
		by: 'embedded',
		reason: expect.any(String),
	});
	await until(({ state }) => state.kind === 'off');
	source.put({ ...noteInRow(7), title: 'Changed while it was down' });
	sync.changed({ put: [noteInRow(7)], remove: [] });
	await server.start();
	await until(({ isInStep }) => isInStep);
	expect(await compareGraphs(source, graph, 'whole', signal)).toMatchObject({
		missing: [],
		changed: [],
		extra: [],
	});
});

test('a wrong password is said once and not tried again, until there is another', async () => {
	let password = 'wrong';
	let asked = 0;
	const options = serverOptions({
		password: async () => {
			asked++;
			return password;
		},
	});
	const { sync, until } = followGraph(new MapSource(row(3)), new Neo4jGraph(options), { pace: 0 });
	await until(({ state }) => state.kind === 'off');
	expect(sync.state).toMatchObject({ reason: expect.stringMatching(/Set Neo4j Password/) });
	// At this pace, anything else is tried again at once.
	await new Promise(setImmediate);
	expect(asked).toBe(1);
	password = server.password;
	sync.retry();
	await until(({ isInStep }) => isInStep);
	expect(asked).toBe(2);
});

test('a server that takes connections and says nothing is off after the connection timeout', async () => {
	const graph = new Neo4jGraph(serverOptions({ uri: await silentServer(), connectionTimeoutMs: 300 }));
	const { sync, until } = followGraph(new MapSource(row(3)), graph);
	await until(({ state }) => state.kind === 'off');
	expect(sync.state).toMatchObject({ reason: expect.stringMatching(/does not answer within 0.3 s/) });
});

test('with TLS the same, and what speaks no TLS is refused', async () => {
	const silent = (await silentServer()).replace('bolt:', 'bolt+s:');
	const graph = new Neo4jGraph(serverOptions({ uri: silent, connectionTimeoutMs: 300 }));
	expect(await faultOfOpening(graph)).toMatchObject({ kind: 'unreachable' });
	for (const scheme of ['bolt+s', 'neo4j+s', 'neo4j+ssc']) {
		const uri = server.uri.replace('bolt:', `${scheme}:`);
		expect(await faultOfOpening(new Neo4jGraph(serverOptions({ uri })))).toMatchObject({
			kind: 'unreachable',
		});
	}
});

test('what is no Neo4j is refused in words', async () => {
	const uri = await silentServer('HTTP/1.1 400 Bad Request\r\n\r\n');
	const fault = await faultOfOpening(new Neo4jGraph(serverOptions({ uri })));
	expect(fault).toMatchObject({ kind: 'refused', message: expect.stringMatching(/no Neo4j/) });
	for (const uri of ['http://localhost:7474', 'localhost', 'bolt://'])
		expect(await faultOfOpening(new Neo4jGraph(serverOptions({ uri })))).toMatchObject({ kind: 'refused' });
});

test('a database that there is not is refused in words', async () => {
	const fault = await faultOfOpening(new Neo4jGraph(serverOptions({ database: 'nothere' })));
	expect(fault).toMatchObject({ kind: 'refused', message: expect.stringMatching(/jarvis.neo4j.database/) });
});

test('a server that stops answering in the middle of a question: the embedded graph answers it', async () => {
	const options = { queryTimeoutMs: 200, maxTransactionRetryTimeMs: 0, connectionTimeoutMs: 5000 };
	const graph = new Neo4jGraph(serverOptions(options));
	const { sync, until } = followGraph(new MapSource(row(5)), graph);
	await until(({ isInStep }) => isInStep);
	process.kill(server.pid!, 'SIGSTOP');
	try {
		const backend = new GraphBackend({ embedded: emptyGraph, server: () => ({ remote: graph, sync }) });
		expect(await backend.neighbors(walk, signal)).toMatchObject({
			by: 'embedded',
			reason: expect.any(String),
		});
	} finally {
		process.kill(server.pid!, 'SIGCONT');
	}
	await until(({ isInStep }) => isInStep);
});

test('a schema of a later Jarvis is left alone', async () => {
	const graph = new Neo4jGraph(serverOptions());
	onTestFinished(() => graph.close());
	await graph.open(signal);
	await setSchemaVersion(999);
	expect(await faultOfOpening(graph)).toMatchObject({
		kind: 'refused',
		message: expect.stringMatching(/later Jarvis/),
	});
	await setSchemaVersion(1);
	await graph.open(signal);
});

test('a read-only database is refused in words, and written to once it is none any more', async () => {
	await server.stop();
	await server.start(['server.databases.default_to_read_only=true']);
	const { sync, until } = followGraph(new MapSource(row(3)), new Neo4jGraph(serverOptions()));
	await until(({ state }) => state.kind === 'off');
	expect(sync.state).toMatchObject({ reason: expect.stringMatching(/read-only/) });
	await server.stop();
	await server.start();
	sync.retry();
	await until(({ isInStep }) => isInStep);
});

function serverOptions(changes: Partial<Neo4jOptions> = {}): Neo4jOptions {
	const own = { uri: server.uri, password: async () => server.password, maxTransactionRetryTimeMs: 1000 };
	return neo4jOptions({ ...own, ...changes });
}

async function faultOfOpening(graph: Neo4jGraph): Promise<GraphFault> {
	try {
		await graph.open(signal);
	} catch (error) {
		return error as GraphFault;
	} finally {
		await graph.close();
	}
	throw new Error('It was opened.');
}

async function setSchemaVersion(version: number): Promise<void> {
	const { auth, driver } = await import('neo4j-driver');
	const console = driver(server.uri, auth.basic(server.user, server.password));
	await console.executeQuery('MATCH (s:JarvisSchema) SET s.version = toInteger($version)', { version });
	await console.close();
}

class InterruptedGraph extends Neo4jGraph {
	afterFirstBatch: (() => Promise<void>) | undefined;

	override async apply(change: GraphChange, signal: AbortSignal): Promise<void> {
		await super.apply(change, signal);
		const interrupt = this.afterFirstBatch;
		this.afterFirstBatch = undefined;
		await interrupt?.();
	}
}

/** Stands in for the embedded graph, which is tested elsewhere. */
const emptyGraph = {
	neighbors: async () => [],
	shortestPath: async () => undefined,
} as unknown as LinkGraph;
