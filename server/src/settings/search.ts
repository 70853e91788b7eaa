import { languages } from '../core/ranking/languages.ts';
import type { SettingSpec } from './spec.ts';

/** Questions and the answers kept. */
export const searchSettings = {
	'search.limit': {
		type: 'integer',
		default: 10,
		minimum: 1,
		maximum: 100,
		env: 'JARVIS_DEFAULT_SEARCH_RESULTS',
		description: 'Notes shown for a question.',
	},
	'search.pageSize': {
		type: 'integer',
		default: 10,
		minimum: 1,
		maximum: 100,
		description: 'Notes added by each “Show more results…”, and by each `--offset` of the command line.',
	},
	'search.maxResults': {
		type: 'integer',
		default: 100,
		minimum: 1,
		maximum: 1000,
		env: 'JARVIS_MAX_SEARCH_RESULTS',
		description: 'Most notes that one question may ask for, all pages together.',
	},
	'search.minSimilarity': {
		type: 'number',
		default: 0,
		minimum: 0,
		maximum: 1,
		env: 'JARVIS_SIMILARITY_THRESHOLD',
		description:
			'Passages less similar to the question than this (cosine, 0 to 1) are not found by meaning; they can still be found by their words.',
	},
	'search.precision': {
		type: 'string',
		enum: ['all', 'balanced', 'precision'],
		default: 'all',
		env: 'SEARCH_MODE',
		description:
			'Least similarity by name: `all` as `#jarvis.search.minSimilarity#` says, `balanced` 0.6, `precision` 0.8.',
	},
	'search.threads': {
		type: 'autoInteger',
		default: 'auto',
		minimum: 1,
		maximum: 16,
		description:
			'Threads that compare the vectors of a folder with a question, side by side, once it has more than 200,000 passages; fewer are compared in no time. `auto`: one for each core of the processor, at most 4. In force from the next start.',
	},
	'search.language': {
		type: 'string',
		enum: ['auto', ...languages],
		default: 'auto',
		description:
			'Language whose words are reduced to their stems, so that “houses” finds “house”. `auto` finds it out for each note, `none` compares words as they are. After a change the notes are read again; their vectors stay.',
	},
	'search.exclude': {
		type: 'array',
		items: { type: 'string' },
		default: [],
		description: 'Globs of notes that are never shown as results. They stay indexed, and their links count.',
	},
	'cache.queries.size': {
		type: 'integer',
		default: 256,
		minimum: 0,
		maximum: 10_000,
		description:
			'Answers kept, so that the same question is answered at once. Any change of the notes, the settings or the model empties it. 0 keeps none.',
	},
	'cache.queries.ttlSeconds': {
		type: 'number',
		default: 300,
		minimum: 1,
		maximum: 86_400,
		description: 'Seconds that an answer is kept at most.',
	},
	'cache.encodings.size': {
		type: 'integer',
		default: 128,
		minimum: 0,
		maximum: 10_000,
		description: 'Vectors of questions kept, so that the model need not read them again. 0 keeps none.',
	},
	'cache.encodings.ttlSeconds': {
		type: 'number',
		default: 3600,
		minimum: 1,
		maximum: 86_400,
		description: 'Seconds that the vector of a question is kept at most.',
	},
} as const satisfies Record<string, SettingSpec>;
