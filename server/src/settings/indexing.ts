import type { SettingSpec } from './spec.ts';

/** What is indexed, when, and where the index lies. */
export const indexingSettings = {
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
	'index.directory': {
		type: 'string',
		default: '',
		env: 'JARVIS_DB_PATH',
		description: 'Folder for index files. Empty: the cache folder of your user account.',
	},
} as const satisfies Record<string, SettingSpec>;
