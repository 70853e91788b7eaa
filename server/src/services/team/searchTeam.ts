import { matchAny } from '../../core/globs.ts';
import { type Language, stemmers } from '../../core/ranking/languages.ts';
import { type ParsedQuery, parseQuery } from '../../core/ranking/query.ts';
import { terms } from '../../core/ranking/tokens.ts';
import type { Embedder } from '../../ports/models.ts';
import { UserError } from '../../ports/system.ts';
import {
	type FoundPassage,
	type TeamCandidate,
	type TeamIndex,
	type TeamPlace,
	type TeamScope,
	type TeamTerms,
	teamDimensions,
} from '../../ports/teamIndex.ts';
import type { SearchResult } from '../../protocol/search.ts';
import type { SearchTeamParams } from '../../protocol/team.ts';
import type { Settings } from '../../settings/schema.ts';
import { encodeQuestion } from '../search/askModel.ts';
import { phraseTest, testOf, toQueryFilters } from '../search/filters.ts';
import { pageLimit } from '../search/pageLimit.ts';
import { leastSimilarity } from '../search/search.ts';
import { Stopwatch } from '../stopwatch.ts';
import { rankTeam } from './rankTeam.ts';
import { toHits } from './teamHits.ts';
import { matchOf, teamTerm, teamTermsOf } from './teamTerms.ts';

/** Candidates of each leg, among which conditions are tested. Of the nearest, each costs the server more. */
const wordDepth = 200;
const meaningDepth = 100;

export interface TeamSearchContext {
	/** An open one. */
	readonly team: TeamIndex;
	/** That the team's notes were indexed by. */
	readonly languages: readonly string[];
	readonly embedder: Embedder;
	readonly settings: Settings;
	/** See `EngineParts`. */
	readonly patienceMs: number;
}

/**
 * The best notes of other workspaces, as `search` answers from those that are here: words and meaning, scored by the server's
 * full-text and vector indexes, fused as ever. Vectors of other models are not compared. Throws `GraphFault` where the
 * server is the cause, `UserError` where the question is none for it.
 */
export async function searchTeam(
	{ team, languages, embedder, settings, patienceMs }: TeamSearchContext,
	{ search: params, without }: SearchTeamParams,
	signal: AbortSignal,
): Promise<SearchResult> {
	const began = performance.now();
	const watch = new Stopwatch();
	const { query, mode = 'hybrid', offset = 0, minScore = -Infinity } = params;
	const parsed = parseQuery(query);
	if (parsed.text === '') throw new UserError('A team is asked questions, and not conditions alone.');
	const scope: TeamScope = { without, only: settings['team.workspaces'] };
	const isBegun = params.prefixLast === true && query.endsWith(parsed.words.at(-1) ?? ' ');
	const asked = mode === 'keyword' ? undefined : await askVector(embedder, parsed.text, patienceMs, signal);
	watch.lap('teamEmbed');
	const byLanguage = termsByLanguage(parsed, languages, isBegun);
	const vector = asked instanceof Float32Array ? { model: embedder.model.id, values: asked } : undefined;
	const least = leastSimilarity(params, settings);
	const [byWords, byMeaning] = await Promise.all([
		mode === 'semantic'
			? []
			: team.byWords({ alternatives: [...byLanguage.values()], vector, limit: wordDepth }, scope, signal),
		vector === undefined ? [] : team.byMeaning({ ...vector, least, limit: meaningDepth }, scope, signal),
	]);
	const isAccepted = acceptCandidates(params, parsed, settings);
	const words = byWords.filter(isAccepted);
	const meant = await withPhrases(byMeaning.filter(isAccepted), parsed, team, signal);
	watch.lap('teamFind');
	const ceiling = await ceilingOf(words[0], byLanguage, team, signal);
	const ranked = rankTeam({ byWords: words, byMeaning: meant, ceiling, model: embedder.model }, mode);
	const notes = ranked.filter(({ score }) => score >= minScore).slice(0, settings['search.maxResults']);
	const page = notes.slice(offset, offset + pageLimit(params, settings));
	const texts = await team.passages(
		page.map(({ candidate }) => candidate),
		signal,
	);
	const hits = toHits(page, texts, byLanguage);
	watch.lap('teamFetch');
	return {
		...{ query, total: notes.length, tookMs: performance.now() - began, hits, stages: watch.laps },
		coverage: { notes: 0, chunks: 0, embedded: 0 },
		...(typeof asked === 'string' ? { semanticOff: asked } : {}),
	};
}

async function askVector(
	embedder: Embedder,
	text: string,
	patienceMs: number,
	signal: AbortSignal,
): Promise<Float32Array | string> {
	const { dimensions, id } = embedder.model;
	if (dimensions !== teamDimensions)
		return `a team’s vectors have ${teamDimensions} numbers, and those of ${id} ${dimensions}`;
	return encodeQuestion(embedder, text, patienceMs, signal);
}

function termsByLanguage(
	parsed: ParsedQuery,
	languages: readonly string[],
	isBegun: boolean,
): ReadonlyMap<string, TeamTerms> {
	// A later Jarvis may know languages that this one does not.
	const known = languages.filter((language): language is Language => language in stemmers);
	return new Map(known.map((language) => [language, teamTermsOf(parsed, language, isBegun)] as const));
}

function acceptCandidates(
	{ filters }: SearchTeamParams['search'],
	parsed: ParsedQuery,
	settings: Settings,
): (candidate: TeamCandidate) => boolean {
	const tests = [...parsed.filters, ...toQueryFilters(filters)].map(testOf);
	const isHidden = matchAny(settings['search.exclude']);
	return ({ workspace, path, modifiedMs, ...facts }) => {
		const note = { ...facts, stamp: { path, mtimeMs: modifiedMs }, indexedAtMs: modifiedMs };
		return !isHidden(path) && tests.every((test) => test({ id: { name: workspace } }, note));
	};
}

/** What was found by meaning has to hold the phrases as well, and nothing that is excluded. */
async function withPhrases(
	found: readonly TeamCandidate[],
	{ phrases, excluded }: ParsedQuery,
	team: TeamIndex,
	signal: AbortSignal,
): Promise<readonly TeamCandidate[]> {
	if (phrases.length + excluded.length === 0 || found.length === 0) return found;
	const texts = new Map((await team.passages(found, signal)).map((passage) => [nameOf(passage), passage]));
	const tests = phrases.map(phraseTest);
	return found.filter((candidate) => {
		const passage = texts.get(nameOf(candidate));
		if (passage === undefined) return false;
		const { title, language } = candidate;
		const parts = [passage.text, passage.heading, title];
		const isExcluded = excluded.some((words) => holdsRow(passage, words, language as Language));
		return tests.every((test) => parts.some(test)) && !isExcluded;
	});
}

function holdsRow({ terms: held }: FoundPassage, words: string, language: Language): boolean {
	const row = terms(words, language).map((term) => teamTerm(language, term));
	return row.length > 0 && held.some((_, at) => row.every((term, next) => held[at + next] === term));
}

/** From the best passage by words: what it scores, and how much of the question it holds. */
async function ceilingOf(
	best: TeamCandidate | undefined,
	byLanguage: ReadonlyMap<string, TeamTerms>,
	team: TeamIndex,
	signal: AbortSignal,
): Promise<number> {
	const asked = best && byLanguage.get(best.language);
	if (best === undefined || asked === undefined) return Infinity;
	const [passage] = await team.passages([best], signal);
	const match = passage === undefined ? 0 : matchOf(asked, passage.terms);
	return match > 0 ? best.words / match : Infinity;
}

function nameOf({ workspace, path, position }: TeamPlace): string {
	return `${workspace}\n${path}\n${position}`;
}
