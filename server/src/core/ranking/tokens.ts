import { stemmer } from 'stemmer';

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

/** Words of `text` in order, as index terms: case and accents folded, English stems. */
export function tokenize(text: string): readonly Token[] {
	const tokens: Token[] = [];
	for (const match of text.matchAll(wordPattern)) {
		const [word] = match;
		if (unspaced.test(word)) segment(word, match.index, tokens);
		else addWord(word, match.index, tokens);
	}
	return tokens;
}

/** The terms of `tokenize`, in order, repeated as they repeat. */
export function terms(text: string): readonly string[] {
	return tokenize(text).map(({ term }) => term);
}

function segment(run: string, start: number, tokens: Token[]): void {
	for (const { segment: word, index, isWordLike } of segmenter.segment(run)) {
		if (isWordLike === true) addWord(word, start + index, tokens);
	}
}

/** `node.js` and `2025.11.24` are found whole and by their parts, which is how people ask for either. */
function addWord(word: string, start: number, tokens: Token[]): void {
	const end = start + word.length;
	const term = termOf(word);
	if (term !== undefined) tokens.push({ term, start, end });
	if (!word.includes('.')) return;
	let from = start;
	for (const part of word.split('.')) {
		const partTerm = termOf(part);
		if (partTerm !== undefined) tokens.push({ term: partTerm, start: from, end: from + part.length });
		from += part.length + 1;
	}
}

const keptTerms = 20_000;
const knownTerms = new Map<string, string | undefined>();

/** Words repeat, and folding and stemming are most of the cost of indexing them. */
function termOf(word: string): string | undefined {
	if (knownTerms.has(word)) return knownTerms.get(word);
	const term = fold(word);
	if (knownTerms.size >= keptTerms) knownTerms.clear();
	if (word.length <= 40) knownTerms.set(word, term);
	return term;
}

function fold(word: string): string | undefined {
	const plain = word
		.normalize('NFKD')
		// Marks are accents in these scripts, and vowels in others.
		.replace(/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])\p{M}+/gu, '')
		.normalize('NFC')
		.toLowerCase()
		.replaceAll('ß', 'ss')
		.replace(/['’]s$/, '')
		.replace(/['’]/g, '');
	if (plain === '' || stopWords.has(plain)) return undefined;
	return /^[a-z]+$/.test(plain) ? stemmer(plain) : plain;
}
