import type { SettingSpec } from './spec.ts';

/** How the passages nearest in meaning are found. */
export const vectorIndexSettings = {
	'vectorIndex.kind': {
		type: 'string',
		enum: ['exact', 'hnsw'],
		default: 'exact',
		description:
			'How the passages nearest in meaning are found. `exact` compares all and misses none. `hnsw` walks a graph of neighbours, which may miss some and takes memory and minutes of work; it pays only with hundreds of thousands of passages. How many it finds is shown by `jarvis status`.',
	},
	'vectorIndex.m': {
		type: 'integer',
		default: 16,
		minimum: 2,
		maximum: 128,
		description: 'Of `hnsw`: links of a passage to its neighbours. More find more, and take more memory.',
	},
	'vectorIndex.efConstruction': {
		type: 'integer',
		default: 200,
		minimum: 8,
		maximum: 2000,
		description: 'Of `hnsw`: passages looked at to link a new one. More find more, and take longer to build.',
	},
	'vectorIndex.efSearch': {
		type: 'integer',
		default: 100,
		minimum: 8,
		maximum: 2000,
		description: 'Of `hnsw`: passages looked at for a question, at least. More find more, and take longer.',
	},
} as const satisfies Record<string, SettingSpec>;
