import type { SettingSpec } from './spec.ts';

/** What is watched, and when it is told of. */
export const performanceSettings = {
	'performance.sampleSeconds': {
		type: 'number',
		default: 5,
		minimum: 0.5,
		maximum: 3600,
		description: 'Seconds between two samples of memory, processor time, searches and indexing.',
	},
	'performance.keepSamples': {
		type: 'integer',
		default: 1000,
		minimum: 60,
		maximum: 20_000,
		description: 'Samples kept in memory. Those of a day are kept beside the index as well.',
	},
	'alerts.memoryPercent': {
		type: 'number',
		default: 80,
		minimum: 0,
		maximum: 100,
		description:
			'Share of `#jarvis.memory.limitMb#`, in percent, above which Jarvis warns and gives back what memory it can. 0 never warns.',
	},
	'alerts.cpuPercent': {
		type: 'number',
		default: 90,
		minimum: 0,
		maximum: 100,
		description:
			'Share of all processors, in percent, above which Jarvis warns when its processes take it for six samples; indexing in the background then rests for half a minute. 0 never warns.',
	},
	'alerts.searchMs': {
		type: 'number',
		default: 2000,
		minimum: 0,
		maximum: 600_000,
		description:
			'Milliseconds of a search above which Jarvis warns, where one of twenty of the last minute takes longer. 0 never warns.',
	},
	'alerts.errorRate': {
		type: 'number',
		default: 0.05,
		minimum: 0,
		maximum: 1,
		description:
			'Share of requests that fail (0 to 1) above which Jarvis warns, of those of the last sixty samples and once there were ten. 0 never warns.',
	},
	'alerts.cooldownSeconds': {
		type: 'number',
		default: 300,
		minimum: 1,
		maximum: 86_400,
		description: 'Seconds in which the same warning is given, and acted upon, no second time.',
	},
} as const satisfies Record<string, SettingSpec>;
