import { isSmallWord, type Language, stemmers } from './languages.ts';

/** A word of a text that counts for search: its index term, and where it stands. */
export interface Token {
	readonly term: string;
	/** UTF-16 offsets into the text, end exclusive. */
	readonly start: number;
	readonly end: number;
}

/** Letters, digits and marks; an apostrophe, dot or plus sign within or after keeps `don't`, `node.js`, `C++` whole. */
const wordPattern = /[\p{L}\p{N}\p{M}]+(?:['’.][\p{L}\p{N}\p{M}]+)*[+#]{0,2}/gu;
/** Scripts that set no spaces between words. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Too frequent to tell one note from another. Few, because a note may well be named "Who" or "After". */
const stopWords = new Set(
	'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with'.split(
		' ',
	),
);

/** Words of `text` in order, as index terms: stems of `language`, case and accents folded. */
export function tokenize(text: string, language: Language = 'en'): readonly Token[] {
	const tokens: Token[] = [];
	for (const { word, start } of wordsOf(text)) addWord(word, start, language, tokens);
	return tokens;
}

/** The terms of `tokenize`, in order, repeated as they repeat. */
export function terms(text: string, language: Language = 'en'): readonly string[] {
	return tokenize(text, language).map(({ term }) => term);
}

/** All words of `text` in order, case and accents folded, nothing stemmed and nothing left out. */
export function plainWords(text: string): readonly string[] {
	return [...text.matchAll(wordPattern)].flatMap(([word]) => {
		const folded = fold(normalize(word));
		return folded === '' ? [] : [folded];
	});
}

/** Whether words run on without spaces between them somewhere in `text`. */
export function isUnspaced(text: string): boolean {
	return unspaced.test(text);
}

/** The index term of one word; `undefined` where it has none. */
export function termOf(word: string, language: Language): string | undefined {
	const lower = normalize(word);
	const plain = fold(lower);
	if (plain === '') return undefined;
	if (language === 'en') return stopWords.has(plain) ? undefined : stemmers.en(plain);
	return isSmallWord(lower, language) ? undefined : fold(stemmers[language](lower));
}

function* wordsOf(text: string): Iterable<{ readonly word: string; readonly start: number }> {
	const isSpaced = !unspaced.test(text);
	for (const { 0: run, index: start } of text.matchAll(wordPattern)) {
		if (isSpaced || !unspaced.test(run)) {
			yield { word: run, start };
			continue;
		}
		for (const { segment: word, index, isWordLike } of segmenter.segment(run)) {
			if (isWordLike === true) yield { word, start: start + index };
		}
	}
}

/** `node.js` and `2025.11.24` are found whole and by their parts, which is how people ask for either. */
function addWord(word: string, start: number, language: Language, tokens: Token[]): void {
	const end = start + word.length;
	const term = knownTermOf(word, language);
	if (term !== undefined) tokens.push({ term, start, end });
	if (!word.includes('.')) return;
	let from = start;
	for (const part of word.split('.')) {
		const partTerm = knownTermOf(part, language);
		if (partTerm !== undefined) tokens.push({ term: partTerm, start: from, end: from + part.length });
		from += part.length + 1;
	}
}

const keptTerms = 20_000;
const knownTerms = new Map<Language, Map<string, string | undefined>>();

/** Words repeat, and folding and stemming are most of the cost of indexing them. */
function knownTermOf(word: string, language: Language): string | undefined {
	let known = knownTerms.get(language);
	if (known === undefined || known.size >= keptTerms) {
		known = new Map();
		knownTerms.set(language, known);
	}
	if (known.has(word)) return known.get(word);
	const term = termOf(word, language);
	if (word.length <= 40) known.set(word, term);
	return term;
}

/** In lower case and composed, without what is no part of the word's stem; accents stay, for the stemmers. */
function normalize(word: string): string {
	return word
		.normalize('NFKC')
		.toLowerCase()
		.replace(/['’]s$/, '')
		.replace(/['’]/g, '');
}

/** Without accents. */
function fold(lower: string): string {
	if (/^[\x20-\x7f]*$/.test(lower)) return lower;
	return (
		lower
			.normalize('NFKD')
			// Marks are accents in these scripts, and vowels in others.
			.replace(/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])\p{M}+/gu, '')
			.normalize('NFC')
			.replaceAll('ß', 'ss')
	);
}
