import type { Neo4jOptions } from '../../server/src/adapters/neo4j/options.ts';

/** How a server of ours is reached, with the reference guide's values. */
export function neo4jOptions(
	{ uri, user, password }: { readonly uri: string; readonly user: string; readonly password: string },
	workspace: string,
	changes: Partial<Neo4jOptions> = {},
): Neo4jOptions {
	return {
		...{ uri, user, password: async () => password, database: 'neo4j', workspace },
		maxConnectionPoolSize: 50,
		maxConnectionLifetimeMs: 3_600_000,
		connectionAcquisitionTimeoutMs: 60_000,
		connectionTimeoutMs: 30_000,
		maxTransactionRetryTimeMs: 30_000,
		queryTimeoutMs: 10_000,
		...changes,
	};
}
