import { topK } from '../../kernels/topK.ts';
import type { Accept, SearchLeg } from './leg.ts';
import type { PassageKeys } from './passageKeys.ts';
import type { WordScores } from './words.ts';

/** The `depth` best passages by words, from the scores of each folder. */
export function keywordLeg(
	{ byFolder: scores, ceiling }: WordScores,
	keys: PassageKeys,
	accept: Accept,
	depth: number,
): SearchLeg {
	const found = scores.flatMap((ofFolder, at) =>
		ofFolder.top(depth, (id) => accept(at, id)).map(({ id, score }) => ({ id: keys.keyOf(at, id), score })),
	);
	const scoreOf = (key: number) => scores[keys.folderAt(key)]!.get(keys.passageOf(key)) ?? 0;
	return {
		kind: 'keyword',
		ceiling,
		candidates: topK(found, depth),
		scoresOf: async (wanted) => new Map(wanted.map((key) => [key, scoreOf(key)])),
	};
}
