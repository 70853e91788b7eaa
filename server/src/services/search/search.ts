import type { Language } from '../../core/ranking/languages.ts';
import { parseQuery } from '../../core/ranking/query.ts';
import type { Embedder } from '../../ports/models.ts';
import type { Coverage, SearchParams, SearchResult } from '../../protocol/search.ts';
import type { Settings } from '../../settings/schema.ts';
import type { Folder } from '../folder/folder.ts';
import { Stopwatch } from '../stopwatch.ts';
import { askModel } from './askModel.ts';
import { explainHits } from './explain.ts';
import { acceptNotes, acceptPassages, toQueryFilters } from './filters.ts';
import { fetchHits } from './hits.ts';
import { keywordLeg } from './keywordLeg.ts';
import { acceptAll, type SearchLeg } from './leg.ts';
import { listNotes } from './listNotes.ts';
import { pageLimit } from './pageLimit.ts';
import { passageKeys } from './passageKeys.ts';
import { rankNotes } from './rank.ts';
import { semanticLeg } from './semanticLeg.ts';
import { readWords, scoreWordQuery, type WordQuery } from './words.ts';

/**
 * Passages of each leg that fusion looks at, for every note that may be asked for. The same for every page: a deeper
 * look could put a passage before those already shown.
 */
const candidatesPerNote = 2;
const leastCandidates = 200;

/** Least similarity by name, as the reference guide has it. */
const similarityOf = { all: 0, balanced: 0.6, precision: 0.8 } as const;

export interface SearchContext {
	readonly embedder: Embedder;
	readonly settings: () => Settings;
	/** See `EngineParts`. */
	readonly patienceMs: number;
}

/**
 * Answers a question from all folders as if they were one. Words and meaning are scored for every passage,
 * fused, and grouped to notes. Without vectors, or without a model, it answers from words and says so.
 */
export async function search(
	folders: readonly Folder[],
	{ embedder, settings, patienceMs }: SearchContext,
	params: SearchParams,
	signal: AbortSignal,
): Promise<SearchResult> {
	const began = performance.now();
	const watch = new Stopwatch();
	const { query, mode = 'hybrid', offset = 0, minScore = -Infinity } = params;
	const current = settings();
	const wanted = Math.min(current['search.maxResults'], offset + pageLimit(params, current));
	const depth = Math.max(leastCandidates, current['search.maxResults'] * candidatesPerNote);
	const parsed = parseQuery(query);
	const { text } = parsed;
	const filters = [...parsed.filters, ...toQueryFilters(params.filters)];
	const keys = passageKeys(folders.length);
	const acceptNote = acceptNotes(folders, filters, current['search.exclude']);
	// Conditions alone: there is nothing to rank by.
	const isList = text === '' && (filters.length > 0 || parsed.excluded.length > 0);
	const isBegun = params.prefixLast === true && query.endsWith(parsed.words.at(-1) ?? ' ');
	const question =
		mode === 'keyword' || text === '' ? undefined : askModel(folders, embedder, text, patienceMs, signal);

	// While the model reads the question.
	const words = readWords(folders, parsed.words.join(' '), isBegun);
	const scores = mode === 'semantic' ? undefined : scoreWordQuery(folders, words);
	watch.lap('keyword');
	const isUnfiltered =
		filters.length + parsed.phrases.length + parsed.excluded.length + current['search.exclude'].length === 0;
	const accepting = isUnfiltered ? acceptAll : acceptPassages(folders, acceptNote, parsed, signal);
	// A failure of the filters must not leave that of the model unheard.
	const [accept, asked] = await Promise.all([accepting, question]);
	signal.throwIfAborted();
	watch.lap('embed');
	const legs: SearchLeg[] = [];
	if (scores !== undefined) legs.push(keywordLeg(scores, keys, accept, depth));
	if (asked instanceof Float32Array) {
		const least = leastSimilarity(params, current);
		const also = legs.flatMap(({ candidates }) => candidates.map(({ id }) => id));
		legs.push(await semanticLeg(folders, embedder.model, asked, keys, accept, least, depth, also));
		signal.throwIfAborted();
	}
	watch.lap('scan');
	const found = isList ? [] : await rankNotes(folders, keys, legs, mode);
	// A phrase of words that nothing ranks by ("to be or not to be") is found all the same.
	const ranked =
		isList || (found.length === 0 && parsed.phrases.length > 0)
			? listNotes(folders, accept, isList ? acceptNote : () => false)
			: found.filter(({ score }) => score >= minScore);
	const notes = ranked.slice(0, current['search.maxResults']);
	watch.lap('fuse');
	const page = notes.slice(offset, wanted);
	const fetched = await fetchHits(page, termsByLanguage(words));
	watch.lap('fetch');
	const isExplained = params.explain === true && !isList;
	const hits = isExplained
		? await explainHits(folders, embedder, { page, hits: fetched, words, asked }, signal)
		: fetched;
	signal.throwIfAborted();
	if (isExplained) watch.lap('explain');
	return {
		query,
		total: notes.length,
		tookMs: performance.now() - began,
		coverage: coverageOf(folders),
		hits,
		stages: watch.laps,
		...(typeof asked === 'string' ? { semanticOff: asked } : {}),
	};
}

/** Cosine below which nothing is found by meaning. */
export function leastSimilarity({ precision }: Pick<SearchParams, 'precision'>, settings: Settings): number {
	return Math.max(similarityOf[precision ?? settings['search.precision']], settings['search.minSimilarity']);
}

/** What is marked in snippets: words of the question, and those that stand in for them. */
function termsByLanguage(words: WordQuery): ReadonlyMap<Language, ReadonlySet<string>> {
	return new Map([...words].map(([language, terms]) => [language, new Set(terms.map(({ term }) => term))]));
}

function coverageOf(folders: readonly Folder[]): Coverage {
	const sum = (value: (index: Folder['index']) => number) =>
		folders.reduce((total, { index }) => total + value(index), 0);
	return {
		notes: sum(({ noteCount }) => noteCount),
		chunks: sum(({ passageCount }) => passageCount),
		embedded: sum(({ vectors }) => vectors.size),
	};
}
