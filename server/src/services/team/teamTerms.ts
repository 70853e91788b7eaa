import type { Language } from '../../core/ranking/languages.ts';
import type { ParsedQuery } from '../../core/ranking/query.ts';
import { terms, tokenize } from '../../core/ranking/tokens.ts';
import type { TeamTerms } from '../../ports/teamIndex.ts';

/** A word that is still being typed counts so much where it is the beginning of another. */
const beginWeight = 0.4;

/** A term as it stands on the server: a stem is one of its language's, and a passage is asked by those of its own. */
export function teamTerm(language: string, term: string): string {
	return `${language}_${term.replace(/\s+/g, '')}`;
}

/** What a question asks of the words of one language; `isBegun`: its last word is still being typed. */
export function teamTermsOf(
	{ words, phrases, excluded }: Pick<ParsedQuery, 'words' | 'phrases' | 'excluded'>,
	language: Language,
	isBegun: boolean,
): TeamTerms {
	const text = words.join(' ');
	const rows = (texts: readonly string[]) =>
		texts
			.map((words) => terms(words, language).map((term) => teamTerm(language, term)))
			.filter((row) => row.length > 0);
	const found = new Map<string, TeamTerms['terms'][number]>();
	for (const { term, start, end } of tokenize(text, language)) {
		const whole = teamTerm(language, term);
		found.set(whole, { term: whole, weight: 1 });
		if (!isBegun || end !== text.length) continue;
		const begun = teamTerm(language, text.slice(start, end).toLowerCase());
		found.set(`${begun}*`, { term: begun, weight: beginWeight, isPrefix: true });
	}
	return { terms: [...found.values()], phrases: rows(phrases), excluded: rows(excluded) };
}

/**
 * How much of what the words of a question could score a passage does score, 0 to 1: by how often each is in it, as BM25
 * counts that, all of them alike, since how rare each is only the server knows.
 */
export function matchOf(asked: TeamTerms, held: readonly string[]): number {
	const whole = asked.terms.filter(({ isPrefix }) => isPrefix !== true);
	if (whole.length === 0) return 0;
	const counts = new Map<string, number>();
	for (const term of held) counts.set(term, (counts.get(term) ?? 0) + 1);
	const shares = whole.map(({ term }) => {
		const count = counts.get(term) ?? 0;
		return count / (count + saturation);
	});
	return shares.reduce((sum, share) => sum + share, 0) / whole.length;
}

/** k1 of BM25, as words are ranked here. */
const saturation = 0.9;
