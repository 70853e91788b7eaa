import type { SettingSpec } from './spec.ts';

/** The graph of links. */
export const graphSettings = {
	'graph.depth': {
		type: 'integer',
		default: 2,
		minimum: 1,
		maximum: 5,
		description:
			'Links that are followed from a note, where a question about the graph does not say how many.',
	},
	'graph.limit': {
		type: 'integer',
		default: 500,
		minimum: 1,
		maximum: 500,
		description: 'Most notes that one question about the graph is answered with.',
	},
	'graph.concurrency': {
		type: 'autoInteger',
		default: 'auto',
		minimum: 1,
		maximum: 50,
		description:
			'Questions about the graph that are worked on at once; others wait for their turn. With Neo4j each takes a connection. `auto`: one for each core of the processor, at most 2.',
	},
	'cache.graph.size': {
		type: 'integer',
		default: 128,
		minimum: 0,
		maximum: 10_000,
		description: 'Answers about the graph kept. Any change of the notes empties it. 0 keeps none.',
	},
	'cache.graph.ttlSeconds': {
		type: 'number',
		default: 300,
		minimum: 1,
		maximum: 86_400,
		description: 'Seconds that an answer about the graph is kept at most.',
	},
} as const satisfies Record<string, SettingSpec>;
