import type { TeamScope, TeamTerms } from '../../ports/teamIndex.ts';

/** Lucene refuses a question of more than 1024 clauses. */
const mostTerms = 200;

/** A question to the full-text index of passages; `undefined` where nothing is asked. Nothing of it acts as syntax. */
export function luceneQuery(alternatives: readonly TeamTerms[], scope: TeamScope): string | undefined {
	const asked = alternatives.flatMap((terms) => clauseOf(terms) ?? []);
	if (asked.length === 0) return undefined;
	const scopes = (names: readonly string[]) => names.map((name) => escaped(scopeOf(name))).join(' ');
	return [
		`+(${asked.join(' ')})`,
		// Who is asked does not change how well a passage fits.
		...(scope.only.length > 0 ? [`+scope:(${scopes(scope.only)})^0`] : []),
		...(scope.without.length > 0 ? [`-scope:(${scopes(scope.without)})`] : []),
	].join(' ');
}

/** A workspace's name as one word. */
export function scopeOf(workspace: string): string {
	return encodeURIComponent(workspace);
}

function clauseOf({ terms, phrases, excluded }: TeamTerms): string | undefined {
	const words = terms
		.slice(0, mostTerms)
		.map(
			({ term, weight, isPrefix }) => `${escaped(term)}${isPrefix === true ? '*' : ''}^${weight.toFixed(3)}`,
		);
	const wanted = [
		...(words.length > 0 ? [`+terms:(${words.join(' ')})`] : []),
		...phrases.map((phrase) => `+${rowOf(phrase)}`),
	];
	if (wanted.length === 0) return undefined;
	return `(${[...wanted, ...excluded.map((row) => `-${rowOf(row)}`)].join(' ')})`;
}

function rowOf(terms: readonly string[]): string {
	return `terms:"${terms.map(escaped).join(' ')}"`;
}

function escaped(word: string): string {
	return word.replace(/[^\p{L}\p{N}\p{M}_]/gu, (character) => (/\s/.test(character) ? '' : `\\${character}`));
}
