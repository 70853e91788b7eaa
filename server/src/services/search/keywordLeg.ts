import { boilerplateWeight } from '../../core/ranking/boilerplate.ts';
import { addStats, highestScore } from '../../kernels/keywordIndex.ts';
import type { KeywordScores } from '../../kernels/keywordScores.ts';
import { topK } from '../../kernels/topK.ts';
import type { Folder } from '../folder.ts';
import type { Accept, SearchLeg } from './leg.ts';
import type { PassageKeys } from './passageKeys.ts';

/** Scores of the passages of each folder, and the most that one could have. */
export interface WordScores {
	readonly byFolder: readonly KeywordScores[];
	readonly ceiling: number;
}

/** BM25 of all folders by the statistics of all, so that scores compare across folders. */
export function scoreWords(folders: readonly Folder[], terms: readonly string[]): WordScores {
	const stats = folders.map(({ index }) => index.keyword.stats(terms));
	const all = stats.reduce(addStats, { passages: 0, totalLength: 0, frequencies: terms.map(() => 0) });
	return {
		byFolder: folders.map(({ index }) => {
			const { boilerplate } = index;
			const scores = index.keyword.score(terms, all);
			if (!boilerplate.isEmpty) scores.weaken(boilerplate.ids(), boilerplateWeight.keyword);
			return scores;
		}),
		ceiling: highestScore(all),
	};
}

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
