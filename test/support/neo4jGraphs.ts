import { randomUUID } from 'node:crypto';
import { inject, onTestFinished } from 'vitest';
import { neo4jOptions as serverOptions } from '../../scripts/host/neo4jOptions.ts';
import { Neo4jGraph } from '../../server/src/adapters/neo4j/neo4jGraph.ts';
import type { Neo4jOptions } from '../../server/src/adapters/neo4j/options.ts';

/** How a test reaches the shared server: in a workspace of its own, with the guide's values. */
export function neo4jOptions(changes: Partial<Neo4jOptions> = {}): Neo4jOptions {
	return serverOptions(inject('neo4j'), randomUUID(), { queryTimeoutMs: 30_000, ...changes });
}

/** A graph of a workspace of its own, open until the test is over. */
export async function openNeo4jGraph(changes: Partial<Neo4jOptions> = {}): Promise<Neo4jGraph> {
	const graph = new Neo4jGraph(neo4jOptions(changes));
	onTestFinished(() => graph.close());
	await graph.open(new AbortController().signal);
	return graph;
}
