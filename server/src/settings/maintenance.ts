import type { SettingSpec } from './spec.ts';

/** Upkeep of index and log. */
export const maintenanceSettings = {
	'maintenance.everyDays': {
		type: 'integer',
		default: 7,
		minimum: 0,
		maximum: 365,
		description:
			'Days between two looks at whether an index takes up much more room than it needs; if so it is made smaller, while it is at rest. `0` leaves that to “Optimize Index”.',
	},
	'log.maxMb': {
		type: 'integer',
		default: 10,
		minimum: 1,
		maximum: 1000,
		description:
			'Size of the log file of the search server, in megabytes. Once it is reached a new one is begun, and the last three are kept.',
	},
} as const satisfies Record<string, SettingSpec>;
