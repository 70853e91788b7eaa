import type { SettingSpec } from './spec.ts';

/** The database. */
export const databaseSettings = {
	'duckdb.threads': {
		type: 'autoInteger',
		default: 'auto',
		minimum: 1,
		maximum: 64,
		description:
			'Threads of the database. `auto`: one, as handing the texts of ten hits to a second one takes longer than reading them. *Tune for This Machine* measures it.',
	},
	'duckdb.memoryLimitMb': {
		type: 'integer',
		default: 128,
		minimum: 32,
		maximum: 16_384,
		description: 'Memory the database may use for itself, in megabytes.',
	},
	'duckdb.tempDirectory': {
		type: 'string',
		default: '',
		description:
			'Where the database puts what does not fit into its memory. Empty: a folder beside the first index. Changed at once unless something was put there already, else with the next start.',
	},
	'duckdb.checkpointThresholdMb': {
		type: 'integer',
		default: 64,
		minimum: 1,
		maximum: 4096,
		description:
			'How long the log of an index may get, in megabytes, before it is taken into the index file. A longer one is taken in more seldom, and read for longer after a crash.',
	},
	'duckdb.accessMode': {
		type: 'string',
		enum: ['automatic', 'read_only'],
		default: 'automatic',
		description:
			'`automatic`: the index follows the notes. `read_only`: it is searched as it is, and its file is never written; for an index that is made elsewhere. In force from the next start.',
	},
	'duckdb.profiling': {
		type: 'boolean',
		default: false,
		description:
			'Write every statement of the database with its time into the log. For the plans of one search, use “Jarvis: Explain Search”.',
	},
} as const satisfies Record<string, SettingSpec>;
