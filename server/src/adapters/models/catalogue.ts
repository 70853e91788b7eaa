import { createHash } from 'node:crypto';
import type { ModelStrength } from '../../core/ranking/fusion.ts';
import { bundledModel, type Pooling } from './modelSpec.ts';

/** A model that can be chosen: where its files are published and how it is run. */
export interface ModelSource {
	/** Name that `jarvis.model.preset` takes; `undefined` for a model given by hand. */
	readonly preset: Preset | undefined;
	/** As in `ModelSpec`; a model whose bytes are not known here gets a mark of them added once they are. */
	readonly id: string;
	readonly directory: string;
	readonly repository: string;
	readonly revision: string;
	/** `undefined` where the model's own `config.json` has to tell. */
	readonly dimensions: number | undefined;
	readonly maxTokens: number;
	readonly pooling: Pooling;
	readonly queryPrefix: string;
	readonly passagePrefix: string;
	readonly files: readonly SourceFile[];
	readonly languages: string;
	/** Time to embed one text, as a multiple of the bundled model's; measured, see docs/models.md. */
	readonly cost: number | undefined;
	/** As in `ModelSpec`: measured, see docs/benchmarks.md. */
	readonly strength?: ModelStrength;
}

export interface SourceFile {
	readonly name: 'model.onnx' | 'tokenizer.json' | 'config.json';
	/** In the repository. */
	readonly path: string;
	readonly bytes: number | undefined;
	/** Hex; any of these is right. Empty where it is not known: then the first download is trusted and recorded. */
	readonly sha256: readonly string[];
}

export const presets = ['fastest', 'balanced', 'accurate', 'multilingual'] as const;
export type Preset = (typeof presets)[number];

/** Settings of a model given by hand. */
export interface ModelSettings {
	readonly 'model.preset': string;
	readonly 'model.pooling': Pooling;
	readonly 'model.queryPrefix': string;
	readonly 'model.passagePrefix': string;
	readonly 'model.file': string;
	readonly 'model.revision': string;
	readonly 'model.maxTokens': number;
}

const bgeQueryPrefix = 'Represent this sentence for searching relevant passages: ';
const bgeRevision = 'ea104dacec62c0de699686887e3f920caeb4f3e3';
/** The same tokenizer is published in two spellings. */
const bgeTokenizer: SourceFile = {
	name: 'tokenizer.json',
	path: 'tokenizer.json',
	bytes: 711_396,
	sha256: [
		'd241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66',
		'ffb28886478b9b17a8c06f4fe6741b970d5dd3de13330ccc3b9f686df8a0545a',
	],
};
const bge = {
	repository: 'Xenova/bge-small-en-v1.5',
	revision: bgeRevision,
	dimensions: 384,
	maxTokens: 512,
	pooling: 'cls',
	queryPrefix: bgeQueryPrefix,
	passagePrefix: '',
	languages: 'English',
	strength: 'strong',
} as const;

const catalogue: Readonly<Record<Preset, ModelSource>> = {
	fastest: {
		...bundledModel,
		preset: 'fastest',
		repository: 'Xenova/all-MiniLM-L6-v2',
		revision: '751bff37182d3f1213fa05d7196b954e230abad9',
		languages: 'English',
		cost: 1,
		files: bundledModel.files.map(({ name, bytes, sha256 }) => ({
			name,
			path: name === 'model.onnx' ? 'onnx/model_quantized.onnx' : name,
			bytes,
			sha256: [sha256],
		})),
	},
	balanced: {
		...bge,
		preset: 'balanced',
		id: 'bge-small-en-v1.5-int8',
		directory: 'bge-small-en-v1.5-int8',
		cost: 1.8,
		files: [
			{
				name: 'model.onnx',
				path: 'onnx/model_quantized.onnx',
				bytes: 34_014_426,
				sha256: ['6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4'],
			},
			bgeTokenizer,
		],
	},
	accurate: {
		...bge,
		preset: 'accurate',
		id: 'bge-small-en-v1.5-fp32',
		directory: 'bge-small-en-v1.5-fp32',
		cost: 4,
		files: [
			{
				name: 'model.onnx',
				path: 'onnx/model.onnx',
				bytes: 133_093_490,
				sha256: ['828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35'],
			},
			bgeTokenizer,
		],
	},
	multilingual: {
		preset: 'multilingual',
		id: 'multilingual-e5-small-int8',
		directory: 'multilingual-e5-small-int8',
		repository: 'Xenova/multilingual-e5-small',
		revision: 'main',
		dimensions: 384,
		maxTokens: 512,
		pooling: 'mean',
		queryPrefix: 'query: ',
		passagePrefix: 'passage: ',
		languages: 'about 100 languages',
		cost: 2.2,
		files: [
			{ name: 'model.onnx', path: 'onnx/model_quantized.onnx', bytes: undefined, sha256: [] },
			{ name: 'tokenizer.json', path: 'tokenizer.json', bytes: undefined, sha256: [] },
		],
	},
};

/** Ids of the reference guide, by the preset that does their work here. */
const guideIds: Readonly<Record<string, Preset>> = {
	'sentence-transformers/all-MiniLM-L6-v2': 'fastest',
	'all-MiniLM-L6-v2': 'fastest',
	'sentence-transformers/all-mpnet-base-v2': 'balanced',
	'all-mpnet-base-v2': 'balanced',
	'sentence-transformers/all-distilroberta-v1': 'accurate',
	'all-distilroberta-v1': 'accurate',
	'sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2': 'multilingual',
	'paraphrase-multilingual-MiniLM-L12-v2': 'multilingual',
};

/** `owner/name`, which is also safe in an address and a folder name. */
const repositoryId = /^[\w-][\w.-]*\/[\w-][\w.-]*$/;

/** All presets, the bundled one first. */
export function presetSources(): readonly ModelSource[] {
	return presets.map((preset) => catalogue[preset]);
}

/** What `jarvis.model.preset` names; `undefined` where it is neither a preset nor a model id. */
export function findSource(name: string, settings: ModelSettings): ModelSource | undefined {
	const preset = guideIds[name] ?? presets.find((known) => known === name);
	if (preset !== undefined) return catalogue[preset];
	return repositoryId.test(name) && !name.includes('..') ? sourceByHand(name, settings) : undefined;
}

function sourceByHand(repository: string, settings: ModelSettings): ModelSource {
	const { 'model.revision': revision, 'model.file': path } = settings;
	const { 'model.pooling': pooling, 'model.maxTokens': maxTokens } = settings;
	const { 'model.queryPrefix': queryPrefix, 'model.passagePrefix': passagePrefix } = settings;
	const unknown = { bytes: undefined, sha256: [] };
	return {
		preset: undefined,
		id: `${repository}/${path}@${revision} ${pooling} ${maxTokens} ${JSON.stringify(passagePrefix)}`,
		directory: `${repository.replace('/', '--')}-${digest(`${revision}\0${path}`)}`,
		...{ repository, revision, dimensions: undefined, maxTokens, pooling, queryPrefix, passagePrefix },
		files: [
			{ name: 'model.onnx', path, ...unknown },
			{ name: 'tokenizer.json', path: 'tokenizer.json', ...unknown },
			{ name: 'config.json', path: 'config.json', ...unknown },
		],
		languages: 'as the model has them',
		cost: undefined,
	};
}

function digest(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
