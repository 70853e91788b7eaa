import { languages } from './core/ranking/languages.ts';

/**
 * Every setting, once: name without `jarvis.`, default, bounds, words. `package.json` and the documentation
 * are generated from this table and a test holds them to it. Environment variables of the reference guide's
 * names work for the command line.
 */
export const settingsSchema = {
	'model.preset': {
		type: 'string',
		default: 'fastest',
		env: 'JARVIS_MODEL_NAME',
		description:
			'Model that reads the notes: `fastest` (ships with the extension), `balanced`, `accurate`, `multilingual`, or the id of any ONNX sentence model (`owner/name`). A model that is not here is fetched after you agree: “Jarvis: Choose Model”, or `jarvis model fetch`.',
	},
	'model.pooling': {
		type: 'string',
		enum: ['mean', 'cls'],
		default: 'mean',
		description: 'How a model given by its id makes one vector of many. Presets know their own.',
	},
	'model.queryPrefix': {
		type: 'string',
		default: '',
		description: 'What a model given by its id wants before a question, such as `query: `.',
	},
	'model.passagePrefix': {
		type: 'string',
		default: '',
		description: 'What a model given by its id wants before a passage, such as `passage: `.',
	},
	'model.file': {
		type: 'string',
		default: 'onnx/model_quantized.onnx',
		description: 'Weights of a model given by its id: path in its repository.',
	},
	'model.revision': {
		type: 'string',
		default: 'main',
		description: 'Revision of a model given by its id: a commit, a tag or a branch.',
	},
	'model.maxTokens': {
		type: 'integer',
		default: 512,
		minimum: 16,
		maximum: 8192,
		description: 'Longest input of a model given by its id, in tokens; more is cut off.',
	},
	'model.directory': {
		type: 'string',
		default: '',
		description: 'Folder for fetched models. Empty: `models` in the cache folder of your user account.',
	},
	'model.endpoint': {
		type: 'string',
		default: '',
		env: 'HF_ENDPOINT',
		description:
			'Address that models are fetched from, a mirror of the Hugging Face hub. Empty: what the environment variable `HF_ENDPOINT` says, else the hub itself.',
	},
	'model.preload': {
		type: 'boolean',
		default: true,
		description: 'Load the model when the workspace opens, so that the first question is answered at once.',
	},
	'model.keepAliveMinutes': {
		type: 'number',
		default: 10,
		minimum: 0,
		maximum: 1440,
		description:
			'Minutes without a question or a new note after which the model is unloaded and its memory given back. The next question loads it again. 0 keeps it for good.',
	},
	'embedding.priority': {
		type: 'string',
		enum: ['low', 'normal'],
		default: 'low',
		description:
			'Priority of the process that computes vectors. `low` leaves the processor to everything else.',
	},
	'search.limit': {
		type: 'integer',
		default: 10,
		minimum: 1,
		maximum: 100,
		env: 'JARVIS_DEFAULT_SEARCH_RESULTS',
		description: 'Notes shown for a question.',
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
		description: 'Least similarity by name: `all` as minSimilarity says, `balanced` 0.6, `precision` 0.8.',
	},
	'search.language': {
		type: 'string',
		enum: ['auto', ...languages],
		default: 'auto',
		description:
			'Language whose words are reduced to their stems, so that “houses” finds “house”. `auto` finds it out for each note, `none` compares words as they are. After a change, rebuild the index.',
	},
	'search.exclude': {
		type: 'array',
		items: { type: 'string' },
		default: [],
		description: 'Globs of notes that are never shown as results. They stay indexed, and their links count.',
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
	'indexing.exclude': {
		type: 'array',
		items: { type: 'string' },
		default: [],
		description: 'Globs of notes that are not indexed, besides `files.exclude` and `.gitignore`.',
	},
	'index.directory': {
		type: 'string',
		default: '',
		env: 'JARVIS_DB_PATH',
		description: 'Folder for index files. Empty: the cache folder of your user account.',
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

export type Settings = {
	readonly [Name in keyof typeof settingsSchema]: SettingType<(typeof settingsSchema)[Name]>;
};

/** Defaults, overlaid by what is valid in `given`; what is not valid keeps its default and is told in `problems`. */
export function readSettings(given: Readonly<Record<string, unknown>>): {
	settings: Settings;
	problems: readonly string[];
} {
	const settings: Record<string, unknown> = {};
	const problems: string[] = [];
	for (const [name, spec] of Object.entries<SettingSpec>(settingsSchema)) {
		const value = given[name];
		const fault = value === undefined ? undefined : findFault(spec, value);
		if (fault !== undefined)
			problems.push(`Setting jarvis.${name} ${fault}; using ${JSON.stringify(spec.default)}.`);
		settings[name] = value === undefined || fault !== undefined ? spec.default : value;
	}
	return { settings: settings as Settings, problems };
}

/** The settings that environment variables name, as `readSettings` takes them. */
export function settingsFromEnvironment(
	env: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
	const found: Record<string, unknown> = {};
	for (const [name, spec] of Object.entries<SettingSpec>(settingsSchema)) {
		const text = spec.env === undefined ? undefined : env[spec.env];
		if (text === undefined || text === '') continue;
		found[name] = spec.type === 'number' || spec.type === 'integer' ? Number(text) : text;
	}
	return found;
}

export interface SettingSpec {
	readonly type: 'boolean' | 'string' | 'number' | 'integer' | 'array';
	readonly default: unknown;
	readonly description: string;
	readonly enum?: readonly string[];
	readonly minimum?: number;
	readonly maximum?: number;
	readonly items?: { readonly type: 'string' };
	/** The reference guide's name for it. */
	readonly env?: string;
}

type SettingType<Spec extends SettingSpec> = Spec extends { enum: readonly (infer Choice)[] }
	? Choice
	: {
			boolean: boolean;
			string: string;
			number: number;
			integer: number;
			array: readonly string[];
		}[Spec['type']];

function findFault(spec: SettingSpec, value: unknown): string | undefined {
	switch (spec.type) {
		case 'boolean':
			return typeof value === 'boolean' ? undefined : 'must be true or false';
		case 'string':
			if (typeof value !== 'string') return 'must be text';
			return spec.enum === undefined || spec.enum.includes(value)
				? undefined
				: `must be one of ${spec.enum.join(', ')}`;
		case 'array':
			return Array.isArray(value) && value.every((item) => typeof item === 'string')
				? undefined
				: 'must be a list of texts';
		default:
			return findNumberFault(spec, value);
	}
}

function findNumberFault(spec: SettingSpec, value: unknown): string | undefined {
	if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
	if (spec.type === 'integer' && !Number.isInteger(value)) return 'must be a whole number';
	const { minimum = -Infinity, maximum = Infinity } = spec;
	return value < minimum || value > maximum ? `must be between ${minimum} and ${maximum}` : undefined;
}
