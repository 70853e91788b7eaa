import { type Embedder, EmbedderOff } from '../../server/src/ports/models.ts';

/** A model that is off: search answers from words. */
export const noModel: Embedder = {
	model: { id: 'none', dimensions: 2, maxTokens: 256 },
	state: { kind: 'off', reason: 'there is none' },
	msPerText: undefined,
	embed: async () => {
		throw new EmbedderOff('there is none');
	},
	onState: () => () => {},
	memoryBytes: () => 0,
	dispose: async () => {},
};
