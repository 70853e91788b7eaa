import { type Scored, topK } from '../../kernels/topK.ts';
import type { Accept, SearchLeg } from './leg.ts';
import type { PassageKeys } from './passageKeys.ts';

/** The `depth` best passages by words, from the scores of each folder. */
export function keywordLeg(
	scores: readonly ReadonlyMap<number, number>[],
	keys: PassageKeys,
	accept: Accept,
	depth: number,
): SearchLeg {
	const found = function* (): Iterable<Scored> {
		for (const [at, ofFolder] of scores.entries()) {
			for (const [id, score] of ofFolder) if (accept(at, id)) yield { id: keys.keyOf(at, id), score };
		}
	};
	const scoreOf = (key: number) => scores[keys.folderAt(key)]!.get(keys.passageOf(key)) ?? 0;
	return {
		kind: 'keyword',
		candidates: topK(found(), depth),
		scoresOf: async (wanted) => new Map(wanted.map((key) => [key, scoreOf(key)])),
	};
}
