import { boilerplateWeight } from '../../core/ranking/boilerplate.ts';
import type { Language } from '../../core/ranking/languages.ts';
import { plainWords, termOf, tokenize } from '../../core/ranking/tokens.ts';
import { addStats, highestScore, type KeywordStats } from '../../kernels/keywordIndex.ts';
import type { KeywordScores } from '../../kernels/keywordScores.ts';
import { topK } from '../../kernels/topK.ts';
import type { Folder } from '../folder.ts';

/** A term that is looked for, and what it counts beside a word that is there as it was typed: 1. */
export interface WeightedTerm {
	readonly term: string;
	readonly weight: number;
	/** Passages that hold it, or the same word by another language's stem: what its rarity is taken from. */
	readonly frequency: number;
}

/** Terms by language of the passages that they are looked for in. */
export type WordQuery = ReadonlyMap<Language, readonly WeightedTerm[]>;

const typoWeight = 0.5;
const beginWeight = 0.4;
const mostTypos = 3;
const mostBegun = 8;
/** A word in more passages than this is no mistake. */
const rareFrequency = 1;
/** Shorter words have too many neighbours. */
const leastLetters = 4;
/** Longer ones are no words; each letter costs some hundred look-ups. */
const mostLetters = 24;
/** Words of a question that are taken for mistakes: a pasted page is not corrected. */
const mostCorrected = 6;

/**
 * The terms of a question in every language that notes were indexed in. A word that hardly any passage holds brings
 * along those at one edit; with `prefixLast`, the last word those that it begins.
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
		const add = (term: string, weight: number, frequency: number) => {
			if ((found.get(term)?.weight ?? 0) < weight) found.set(term, { term, weight, frequency });
		};
		for (const { term, start, end } of tokens) {
			const frequency = [...variants.get(start)!].reduce((sum, one) => sum + frequencies.get(one)!, 0);
			add(term, 1, frequency);
			const isBegun = prefixLast && end === text.length;
			const begun = isBegun ? termsBegunBy(folders, text.slice(start)) : [];
			for (const [other, count] of begun) add(other, beginWeight, count);
			if (frequency > rareFrequency || begun.length > 0 || corrected === mostCorrected) continue;
			corrected++;
			for (const [other, count] of termsNear(folders, text.slice(start, end), language))
				add(other, typoWeight, count);
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
			scores.weaken(index.boilerplate.ids(), boilerplateWeight.keyword);
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

/** Statistics of all folders, added up. */
export function addedStats(folders: readonly Folder[], terms: readonly string[]): KeywordStats {
	const none = { passages: 0, totalLength: 0, frequencies: terms.map(() => 0) };
	return folders.map(({ index }) => index.keyword.stats(terms)).reduce(addStats, none);
}

function countPassages(folders: readonly Folder[], terms: readonly string[]): ReadonlyMap<string, number> {
	const { frequencies } = addedStats(folders, terms);
	return new Map(terms.map((term, at) => [term, frequencies[at]!]));
}

function termsBegunBy(folders: readonly Folder[], word: string): readonly (readonly [string, number])[] {
	const [prefix = ''] = plainWords(word);
	const terms = new Set(folders.flatMap(({ index }) => index.vocabulary.startingWith(prefix)));
	return mostFrequent(folders, [...terms], 1, mostBegun);
}

/** Edits are made to the word as typed, for a mistake hides its ending from the stemmer. */
function termsNear(
	folders: readonly Folder[],
	word: string,
	language: Language,
): readonly (readonly [string, number])[] {
	const [plain = ''] = plainWords(word);
	if (plain.length < leastLetters || plain.length > mostLetters || !/^\p{L}+$/u.test(plain)) return [];
	const own = termOf(word, language);
	const near = new Set<string>();
	for (const { index } of folders) {
		for (const edit of index.vocabulary.editsOf(plain)) {
			const term = termOf(edit, language);
			if (term !== undefined && term !== own && index.vocabulary.has(term)) near.add(term);
		}
	}
	return mostFrequent(folders, [...near], rareFrequency + 1, mostTypos);
}

function mostFrequent(
	folders: readonly Folder[],
	terms: readonly string[],
	least: number,
	most: number,
): readonly (readonly [string, number])[] {
	return [...countPassages(folders, terms)]
		.filter(([, count]) => count >= least)
		.sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
		.slice(0, most);
}
