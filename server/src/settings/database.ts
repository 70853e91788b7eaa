import type { SettingSpec } from './spec.ts';

/** The database. */
export const databaseSettings = {
	'duckdb.threads': {
		type: 'integer',
		default: 2,
		minimum: 1,
		maximum: 64,
		description: 'Threads of the database.',
	},
	'duckdb.memoryLimitMb': {
		type: 'integer',
		default: 128,
		minimum: 32,
		maximum: 16_384,
		description: 'Memory the database may use for itself, in megabytes.',
	},
} as const satisfies Record<string, SettingSpec>;
