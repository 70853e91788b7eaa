import type { TestProject } from 'vitest/node';
import { Neo4jServer } from '../../scripts/host/neo4jServer.ts';

/** How the tests reach the server that all of them share. */
export interface Neo4jForTests {
	readonly uri: string;
	readonly user: string;
	readonly password: string;
}

declare module 'vitest' {
	interface ProvidedContext {
		neo4j: Neo4jForTests;
	}
}

/** Starts a server before the first test, and ends it after the last. */
export default async function start(project: TestProject): Promise<() => Promise<void>> {
	const say = (line: string) => void process.stderr.write(`${line}\n`);
	const server = await Neo4jServer.start({ password: 'password-of-tests', say, startsQuickly: true });
	project.provide('neo4j', { uri: server.uri, user: server.user, password: server.password });
	return () => server.dispose();
}
