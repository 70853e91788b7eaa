import { boilerplateWeight } from '../../core/ranking/boilerplate.ts';
import type { Language } from '../../core/ranking/languages.ts';
import { tokenize } from '../../core/ranking/tokens.ts';
import { highestScore } from '../../kernels/keywordIndex.ts';
import type { KeywordScores } from '../../kernels/keywordScores.ts';
import { topK } from '../../kernels/topK.ts';
import type { Folder } from '../folder/folder.ts';
import { mayBeMistake, termsBegunBy, termsMeantBy } from './otherTerms.ts';
import { addedStats, countPassages } from './termStats.ts';

/** A term that is looked for, and what it counts beside a word that is there as it was typed: 1. */
export interface WeightedTerm {
	readonly term: string;
	readonly weight: number;
	/** What it is looked for in place of: a word as it was typed. */
	readonly typed: string;
	/** Passages that hold it, or the same word by another language's stem: what its rarity is taken from. */
	readonly frequency: number;
}

/** Terms by language of the passages that they are looked for in. */
export type WordQuery = ReadonlyMap<Language, readonly WeightedTerm[]>;

/**
 * What all the words count together that one may have been meant for: so little that a passage with the word itself
 * comes first, and one with the other words of a question before one with a guess alone.
 */
const typoWeight = 0.25;
const beginWeight = 0.4;
/** Words of a question that are taken for mistakes: a pasted page is not corrected. */
const mostCorrected = 6;

/**
 * The terms of a question in every language that notes were indexed in. A word that hardly any passage holds brings
 * along those that it may be a mistake for; with `prefixLast`, the last word those that it begins.
 */
export function readWords(folders: readonly Folder[], text: string, prefixLast: boolean): WordQuery {
	const languages = new Set(folders.flatMap(({ index }) => [...index.languages()]));
	const exact = new Map([...languages].map((language) => [language, tokenize(text, language)] as const));
	const variants = new Map<number, Set<string>>();
	for (const tokens of exact.values()) {
		for (const { term, start } of tokens) {
			variants.set(start, (variants.get(start) ?? new Set()).add(term));
		}
	}
	const all = [...new Set([...variants.values()].flatMap((terms) => [...terms]))];
	const frequencies = countPassages(folders, all);
	const query = new Map<Language, readonly WeightedTerm[]>();
	for (const [language, tokens] of exact) {
		const found = new Map<string, WeightedTerm>();
		let corrected = 0;
		const add = (added: WeightedTerm) => {
			if ((found.get(added.term)?.weight ?? 0) < added.weight) found.set(added.term, added);
		};
		for (const { term, start, end } of tokens) {
			const frequency = [...variants.get(start)!].reduce((sum, one) => sum + frequencies.get(one)!, 0);
			const typed = text.slice(start, end);
			add({ term, weight: 1, typed, frequency });
			const begun = prefixLast && end === text.length ? termsBegunBy(folders, typed) : [];
			for (const other of begun) add({ ...other, weight: beginWeight, typed });
			if (begun.length > 0 || corrected === mostCorrected || !mayBeMistake(typed, frequency)) continue;
			corrected++;
			const meant = termsMeantBy(folders, typed, frequency, language);
			for (const other of meant) add({ ...other, weight: typoWeight / meant.length, typed });
		}
		query.set(language, [...found.values()]);
	}
	return query;
}

/** What the words of a question score, in each folder. */
export interface WordScores {
	readonly byFolder: readonly PassageScores[];
	/** What a passage would score that held every word as it was typed as often as can count. */
	readonly ceiling: number;
}

type PassageScores = Pick<KeywordScores, 'get' | 'top'>;

/** BM25 of all folders by the statistics of all, so that scores compare across folders. */
export function scoreWordQuery(folders: readonly Folder[], query: WordQuery): WordScores {
	let ceiling = 0;
	const scored = folders.map(() => new Map<Language, KeywordScores>());
	for (const [language, weighted] of query) {
		const terms = weighted.map(({ term }) => term);
		const weights = weighted.map(({ weight }) => weight);
		const frequencies = weighted.map(({ frequency }) => frequency);
		const stats = { ...addedStats(folders, terms), frequencies };
		const asTyped = weights.map((weight) => (weight === 1 ? 1 : 0));
		ceiling = Math.max(ceiling, highestScore(stats, asTyped));
		for (const [at, { index }] of folders.entries()) {
			const scores = index.keyword.score(terms, stats, weights);
			scores.weaken(index.boilerplate.ids, boilerplateWeight.keyword);
			scored[at]!.set(language, scores);
		}
	}
	return { byFolder: folders.map(({ index }, at) => byLanguage(index, scored[at]!)), ceiling };
}

/** A passage counts by the stems of its own language: never twice for one word. */
function byLanguage(index: Folder['index'], scores: ReadonlyMap<Language, KeywordScores>): PassageScores {
	const [only] = scores.values();
	if (scores.size === 1) return only!;
	return {
		get: (id) => scores.get(index.languageOf(id))?.get(id),
		top: (k, accept) => {
			const found = [...scores].flatMap(([language, ofLanguage]) =>
				ofLanguage.top(k, (id) => index.languageOf(id) === language && accept(id)),
			);
			return topK(found, k);
		},
	};
}
