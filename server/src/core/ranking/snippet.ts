import type { Language } from './languages.ts';
import { tokenize } from './tokens.ts';

export interface Snippet {
	readonly text: string;
	/** Stretches of `text` that match the query: start and end offset of each. */
	readonly marks: readonly (readonly [number, number])[];
}

/** The stretch of `text` that holds the most different query terms, at most `maxLength` long, its matches marked. */
export function makeSnippet(
	text: string,
	queryTerms: ReadonlySet<string>,
	maxLength: number,
	language: Language = 'en',
): Snippet {
	const plain = text.replace(/\s+/g, ' ').trim();
	const matches = tokenize(plain, language).filter(({ term }) => queryTerms.has(term));
	const start = plain.length <= maxLength ? 0 : findStart(plain, matches, maxLength);
	const end =
		start + maxLength >= plain.length ? plain.length : wordEndBefore(plain, start, start + maxLength);
	const before = start > 0 ? '…' : '';
	const after = end < plain.length ? '…' : '';
	const shift = before.length - start;
	const marks = matches
		.filter((match) => match.start >= start && match.end <= end)
		.map((match) => [match.start + shift, match.end + shift] as const);
	return { text: before + plain.slice(start, end).trimEnd() + after, marks: merge(marks) };
}

interface Match {
	readonly term: string;
	readonly start: number;
	readonly end: number;
}

/** Begins a little before the match from which the most different terms are in sight. */
function findStart(plain: string, matches: readonly Match[], maxLength: number): number {
	let best = 0;
	let mostTerms = 0;
	for (const [at, { start }] of matches.entries()) {
		const seen = new Set<string>();
		for (let next = at; next < matches.length && matches[next]!.end <= start + maxLength - leadIn; next++) {
			seen.add(matches[next]!.term);
		}
		if (seen.size > mostTerms) {
			mostTerms = seen.size;
			best = start;
		}
	}
	const wanted = Math.min(Math.max(0, best - leadIn), plain.length - maxLength);
	if (wanted <= 0) return 0;
	const space = plain.indexOf(' ', wanted);
	if (space >= 0 && space < best) return space + 1;
	// No space before the match: cut anywhere but within a character.
	return isWithinCharacter(plain, wanted) ? wanted + 1 : wanted;
}

/** Characters shown before the first match, so that it does not stand without its sentence. */
const leadIn = 40;
/** What is longer is no word, but a script without spaces, or an address: it may be cut. */
const longestWord = 40;

function wordEndBefore(plain: string, start: number, limit: number): number {
	const space = plain.lastIndexOf(' ', limit);
	if (space > start && limit - space <= longestWord) return space;
	// A text without spaces is cut anywhere but within a character.
	return isWithinCharacter(plain, limit) ? limit - 1 : limit;
}

function isWithinCharacter(plain: string, at: number): boolean {
	return /[\uDC00-\uDFFF]/.test(plain[at] ?? '');
}

/** A word and its parts match twice; it is marked once. */
function merge(marks: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
	const merged: [number, number][] = [];
	for (const [start, end] of marks) {
		const last = merged.at(-1);
		if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end);
		else merged.push([start, end]);
	}
	return merged;
}
