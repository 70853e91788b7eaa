import { matchAny } from '../../core/globs.ts';
import { terms as termsOf } from '../../core/ranking/tokens.ts';
import type { Embedder } from '../../ports.ts';
import type { Coverage, SearchParams, SearchResult } from '../../protocol.ts';
import type { Settings } from '../../settings.ts';
import type { Folder } from '../folder.ts';
import { Stopwatch } from '../stopwatch.ts';
import { askModel } from './askModel.ts';
import { fetchHits } from './hits.ts';
import { keywordLeg, scoreWords } from './keywordLeg.ts';
import { type Accept, acceptAll, type SearchLeg } from './leg.ts';
import { passageKeys } from './passageKeys.ts';
import { bestPassageOfEach, rankPassages } from './rank.ts';
import { semanticLeg } from './semanticLeg.ts';

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
	const wanted = Math.min(current['search.maxResults'], offset + (params.limit ?? current['search.limit']));
	const depth = Math.max(leastCandidates, current['search.maxResults'] * candidatesPerNote);
	const terms = [...new Set(termsOf(query))];
	const keys = passageKeys(folders.length);
	const accept = acceptShown(folders, current);
	const question =
		mode === 'keyword' || query.trim() === ''
			? undefined
			: askModel(folders, embedder, query, patienceMs, signal);

	// While the model reads the question.
	const words = mode === 'semantic' ? undefined : scoreWords(folders, terms);
	watch.lap('keyword');
	const asked = await question;
	signal.throwIfAborted();
	watch.lap('embed');
	const legs: SearchLeg[] = [];
	if (words !== undefined) legs.push(keywordLeg(words, keys, accept, depth));
	if (asked instanceof Float32Array) {
		const least = leastSimilarity(params, current);
		const also = legs.flatMap(({ candidates }) => candidates.map(({ id }) => id));
		legs.push(await semanticLeg(folders, asked, keys, accept, least, depth, also));
		signal.throwIfAborted();
	}
	watch.lap('scan');
	const ranked = (await rankPassages(folders, keys, legs, mode)).filter(({ score }) => score >= minScore);
	const notes = bestPassageOfEach(ranked).slice(0, current['search.maxResults']);
	watch.lap('fuse');
	const hits = await fetchHits(notes.slice(offset, wanted), new Set(terms));
	signal.throwIfAborted();
	watch.lap('fetch');
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

function leastSimilarity({ precision }: SearchParams, settings: Settings): number {
	return Math.max(similarityOf[precision ?? settings['search.precision']], settings['search.minSimilarity']);
}

function acceptShown(folders: readonly Folder[], settings: Settings): Accept {
	const globs = settings['search.exclude'];
	if (globs.length === 0) return acceptAll;
	const isHidden = matchAny(globs);
	return (folderAt, passageId) => {
		const { index } = folders[folderAt]!;
		return !isHidden(index.note(index.noteOf(passageId)!)!.stamp.path);
	};
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
