import type { SettingSpec } from './spec.ts';

/** The database. */
export const databaseSettings = {
	'duckdb.threads': {
		type: 'autoInteger',
		default: 'auto',
		minimum: 1,
		maximum: 64,
		description:
			'Threads of the database. `auto`: one for each core of the processor (not for each of its threads, where a second one made looking up ten texts slower), at most 4.',
	},
	'duckdb.memoryLimitMb': {
		type: 'integer',
		default: 128,
		minimum: 32,
		maximum: 16_384,
		description: 'Memory the database may use for itself, in megabytes.',
	},
} as const satisfies Record<string, SettingSpec>;
