import type { Language } from '../../core/ranking/languages.ts';
import { plainWords, termOf } from '../../core/ranking/tokens.ts';
import type { Folder } from '../folder/folder.ts';
import { addedStats } from './termStats.ts';

/** A term that notes hold, and in how many passages. */
export interface KnownTerm {
	readonly term: string;
	readonly frequency: number;
}

const mostMeant = 3;
const mostBegun = 8;
/** A word in more passages than this is no mistake. */
const rareFrequency = 1;
/** A mistake that stands in a note as well is one beside this many passages with the right word. */
const leastTimes = 20;
/** What may be meant stands in two passages: one may hold a mistake itself. */
const leastMeant = 2;
/** Shorter words have too many neighbours: the rule of Meilisearch. */
const leastLetters = 5;
/** Longer ones are no words; each letter costs some fifty look-ups. */
const mostLetters = 24;

/** Whether a word as it was typed, which so many passages hold, may be a typing mistake. */
export function mayBeMistake(typed: string, frequency: number): boolean {
	const [plain = ''] = plainWords(typed);
	const isWord = plain.length >= leastLetters && plain.length <= mostLetters && /^\p{L}+$/u.test(plain);
	return isWord && frequency <= rareFrequency;
}

/**
 * Terms that a mistaken word may have been meant for, the most frequent first. Edits are made to the word as typed, for
 * a mistake hides its ending from the stemmer.
 */
export function termsMeantBy(
	folders: readonly Folder[],
	typed: string,
	frequency: number,
	language: Language,
): readonly KnownTerm[] {
	const [plain = ''] = plainWords(typed);
	const own = termOf(typed, language);
	const near = new Set<string>();
	for (const { index } of folders) {
		for (const edit of index.vocabulary.editsOf(plain)) {
			const term = termOf(edit, language);
			if (term !== undefined && term !== own && index.vocabulary.has(term)) near.add(term);
		}
	}
	return mostFrequent(folders, [...near], Math.max(leastMeant, frequency * leastTimes), mostMeant);
}

/** Terms that begin with what was typed so far, the most frequent first. */
export function termsBegunBy(folders: readonly Folder[], typed: string): readonly KnownTerm[] {
	const [prefix = ''] = plainWords(typed);
	const terms = new Set(folders.flatMap(({ index }) => index.vocabulary.startingWith(prefix)));
	return mostFrequent(folders, [...terms], 1, mostBegun);
}

/** Without sorting all: three letters begin thousands of terms. */
function mostFrequent(
	folders: readonly Folder[],
	terms: readonly string[],
	least: number,
	most: number,
): readonly KnownTerm[] {
	const best: KnownTerm[] = [];
	const { frequencies } = addedStats(folders, terms);
	for (const [at, frequency] of frequencies.entries()) {
		const term = terms[at]!;
		const isBehind = (other: KnownTerm) =>
			other.frequency < frequency || (other.frequency === frequency && other.term > term);
		const last = best.length < most ? undefined : best.at(-1);
		if (frequency < least || (last !== undefined && !isBehind(last))) continue;
		const place = best.findIndex(isBehind);
		best.splice(place < 0 ? best.length : place, 0, { term, frequency });
		best.length = Math.min(best.length, most);
	}
	return best;
}
