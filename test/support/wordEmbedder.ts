import { terms } from '../../server/src/core/ranking/tokens.ts';
import type { Embedder } from '../../server/src/ports/models.ts';

const dimensions = 64;

/** A model that knows words and nothing else: texts are as near as the words they share. */
export function wordEmbedder(): Embedder & { readonly read: readonly string[] } {
	const read: string[] = [];
	return {
		model: { id: 'words', dimensions, maxTokens: 256 },
		state: { kind: 'ready' },
		msPerText: undefined,
		read,
		embed: async (texts) => {
			read.push(...texts);
			return texts.map(vectorOf);
		},
		onState: () => () => {},
		memoryBytes: () => 0,
		dispose: async () => {},
	};
}

function vectorOf(text: string): Float32Array {
	const vector = new Float32Array(dimensions);
	for (const term of terms(text)) {
		let hash = 7;
		for (const char of term) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0;
		vector[hash % dimensions]! += 1;
	}
	const length = Math.hypot(...vector) || 1;
	return vector.map((value) => value / length);
}
