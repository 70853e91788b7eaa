/** How to reach a Neo4j server, and under which name a folder's graph stands there. Times are milliseconds. */
export interface Neo4jOptions {
	readonly uri: string;
	readonly user: string;
	/** Asked for with every new connection; `undefined` where none was set: the server may want none. */
	readonly password: () => Promise<string | undefined>;
	readonly database: string;
	/** Every node of this graph carries it. */
	readonly workspace: string;
	/** Tells the folder that has the workspace from all others; without it nobody's claim is looked at. */
	readonly owner?: string;
	readonly maxConnectionPoolSize: number;
	readonly maxConnectionLifetimeMs: number;
	readonly connectionAcquisitionTimeoutMs: number;
	/** From the beginning of a connection to the server's first answer. */
	readonly connectionTimeoutMs: number;
	readonly maxTransactionRetryTimeMs: number;
	/** Of one question; what writes is given longer. */
	readonly queryTimeoutMs: number;
}
