import { randomUUID } from 'node:crypto';
import { inject, onTestFinished } from 'vitest';
import { Neo4jGraph } from '../../server/src/adapters/neo4j/neo4jGraph.ts';
import type { Neo4jOptions } from '../../server/src/adapters/neo4j/options.ts';

/** How a test reaches the shared server: in a workspace of its own, with the guide's values. */
export function neo4jOptions(changes: Partial<Neo4jOptions> = {}): Neo4jOptions {
	const { uri, user, password } = inject('neo4j');
	return {
		...{ uri, user, password: async () => password, database: 'neo4j', workspace: randomUUID() },
		maxConnectionPoolSize: 50,
		maxConnectionLifetimeMs: 3_600_000,
		connectionAcquisitionTimeoutMs: 60_000,
		connectionTimeoutMs: 30_000,
		maxTransactionRetryTimeMs: 30_000,
		queryTimeoutMs: 30_000,
		...changes,
	};
}

/** A graph of a workspace of its own, open until the test is over. */
export async function openNeo4jGraph(changes: Partial<Neo4jOptions> = {}): Promise<Neo4jGraph> {
	const graph = new Neo4jGraph(neo4jOptions(changes));
	onTestFinished(() => graph.close());
	await graph.open(new AbortController().signal);
	return graph;
}
