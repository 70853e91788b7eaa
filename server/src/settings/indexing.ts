import type { SettingSpec } from './spec.ts';

/** What is indexed, when, and where the index lies. */
export const indexingSettings = {
	'io.concurrency': {
		type: 'autoInteger',
		default: 'auto',
		minimum: 1,
		maximum: 64,
		description:
			'Files that are looked at side by side when a folder is scanned. More help where each answer takes long, as on a network drive, and not on a disk. `auto`: two for each core of the processor, at most 8. More than 4 are in force from the next start.',
	},
	'indexing.enabled': {
		type: 'boolean',
		default: true,
		description: 'Index notes in the background. When off, what is indexed already can still be searched.',
	},
	'indexing.batchFiles': {
		type: 'integer',
		default: 50,
		minimum: 1,
		maximum: 1000,
		description: 'Notes read and stored together, in one transaction.',
	},
	'indexing.pauseMs': {
		type: 'integer',
		default: 100,
		minimum: 0,
		maximum: 10_000,
		description: 'Pause between batches of passages while you type, in milliseconds.',
	},
	'indexing.whenBusy': {
		type: 'string',
		enum: ['slower', 'fullSpeed'],
		default: 'slower',
		description:
			'While other programs take three quarters of the processor (a build, say): `slower` gives vectors a quarter of the time, `fullSpeed` all they can get.',
	},
	'indexing.onBattery': {
		type: 'string',
		enum: ['slower', 'pause', 'fullSpeed'],
		default: 'slower',
		description:
			'On battery, where the system tells: `slower` gives vectors half of the time, `pause` waits for the mains. Words are always indexed.',
	},
	'indexing.exclude': {
		type: 'array',
		items: { type: 'string' },
		default: [],
		description:
			'Globs of notes that are not indexed, besides `files.exclude`, `search.exclude` and `.gitignore`. A change applies at once.',
	},
	'index.decorations': {
		type: 'boolean',
		default: false,
		description:
			'Mark notes that wait to be indexed, were skipped or failed in the Explorer and other lists of files.',
	},
	'cache.vectors.maxMb': {
		type: 'integer',
		default: 512,
		minimum: 0,
		maximum: 65_536,
		env: 'JARVIS_VECTOR_CACHE_MB',
		description:
			'Disk space for vectors that all your folders share, so that a text that was read once, in any folder, branch or copy, is not read again. What was used longest ago goes first. 0 shares none.',
	},
	'index.directory': {
		type: 'string',
		default: '',
		env: 'JARVIS_DB_PATH',
		description: 'Folder for index files. Empty: the cache folder of your user account.',
	},
} as const satisfies Record<string, SettingSpec>;
