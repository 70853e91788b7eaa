import type { SettingSpec } from './spec.ts';

/** A graph server, for who has one; the password is not among them: see `SetNeo4jPassword` and NEO4J_PASSWORD. */
export const neo4jSettings = {
	'graph.backend': {
		type: 'string',
		enum: ['embedded', 'neo4j'],
		default: 'embedded',
		env: 'JARVIS_GRAPH_BACKEND',
		description:
			'What answers questions about links between notes. `embedded` needs nothing else. `neo4j` keeps a Neo4j server of yours in step with the notes as well, and asks it; while it does not answer, the embedded graph does. Titles, paths, tags and links then leave Jarvis for the address in `#jarvis.neo4j.uri#`. The password is set by “Jarvis: Set Neo4j Password”, or for the command line in the environment variable `NEO4J_PASSWORD`.',
	},
	'neo4j.uri': {
		type: 'string',
		default: 'bolt://localhost:7687',
		env: 'NEO4J_URI',
		description:
			'Address of the Neo4j server: `bolt://`, `neo4j://`, or encrypted `bolt+s://`, `neo4j+s://` (`+ssc` for a certificate of its own making).',
	},
	'neo4j.user': {
		type: 'string',
		default: 'neo4j',
		env: 'NEO4J_USER',
		description: 'User of the Neo4j server.',
	},
	'neo4j.database': {
		type: 'string',
		default: 'neo4j',
		env: 'NEO4J_DATABASE',
		description: 'Database of the Neo4j server. Several folders and users may share one.',
	},
	'neo4j.workspace': {
		type: 'string',
		default: '',
		env: 'JARVIS_NEO4J_WORKSPACE',
		description:
			'Name that the notes of this folder go by in a shared Neo4j database; nothing else there is touched. Empty: a name of the folder, the machine and the user. Two folders must not have the same.',
	},
	'neo4j.maxConnectionPoolSize': {
		type: 'integer',
		default: 50,
		minimum: 1,
		maximum: 1000,
		description: 'Connections to the Neo4j server at most.',
	},
	'neo4j.maxConnectionLifetimeSeconds': {
		type: 'integer',
		default: 3600,
		minimum: 1,
		maximum: 86_400,
		description: 'Seconds after which a connection to the Neo4j server is replaced by a new one.',
	},
	'neo4j.connectionAcquisitionTimeoutSeconds': {
		type: 'integer',
		default: 60,
		minimum: 1,
		maximum: 3600,
		description: 'Seconds that a question waits for a free connection to the Neo4j server.',
	},
	'neo4j.connectionTimeoutSeconds': {
		type: 'integer',
		default: 30,
		minimum: 1,
		maximum: 600,
		description:
			'Seconds within which the Neo4j server must have answered a new connection. After that it counts as down.',
	},
	'neo4j.maxTransactionRetryTimeSeconds': {
		type: 'integer',
		default: 30,
		minimum: 0,
		maximum: 600,
		description: 'Seconds that a transaction is tried again for where the Neo4j server says that may help.',
	},
	'neo4j.queryTimeoutSeconds': {
		type: 'integer',
		default: 10,
		minimum: 1,
		maximum: 600,
		description:
			'Seconds that the Neo4j server may take for one question. After that the embedded graph answers it.',
	},
	'neo4j.checkMinutes': {
		type: 'integer',
		default: 60,
		minimum: 0,
		maximum: 10_080,
		description:
			'Minutes between two comparisons of all that the Neo4j server holds of the notes with the notes; what differs is put right. 0 compares at the start only.',
	},
} as const satisfies Record<string, SettingSpec>;
