import { matchAny } from '../core/globs.ts';
import { fuse, type Leg } from '../core/ranking/fusion.ts';
import { makeSnippet } from '../core/ranking/snippet.ts';
import { terms as termsOf } from '../core/ranking/tokens.ts';
import { addStats } from '../kernels/keywordIndex.ts';
import { type Scored, topK } from '../kernels/topK.ts';
import type { Embedder, StoredPassage } from '../ports.ts';
import type { Coverage, Hit, ScoreParts, SearchMode, SearchParams, SearchResult } from '../protocol.ts';
import type { Settings } from '../settings.ts';
import type { Folder } from './folder.ts';
import { uriOfNote } from './noteUri.ts';
import { Stopwatch } from './stopwatch.ts';

/** Passages of each leg that fusion looks at; a page further down looks at more. */
const leastCandidates = 100;
/** Passages looked at for every note wanted: several of one note may come first. */
const candidatesPerNote = 4;
const snippetLength = 220;

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
	const terms = [...new Set(termsOf(query))];
	const question =
		mode === 'keyword' || query.trim() === ''
			? undefined
			: askModel(folders, embedder, query, patienceMs, signal);

	const keyword = mode === 'semantic' ? undefined : scoreWords(folders, terms);
	watch.lap('keyword');
	const asked = await question;
	signal.throwIfAborted();
	watch.lap('embed');
	const vector = asked instanceof Float32Array ? asked : undefined;
	const legs = findLegs(folders, keyword, vector, wanted, params, current);
	watch.lap('scan');
	const ranked = rank(folders, legs, mode).filter(({ score }) => score >= minScore);
	const notes = bestPassageOfEach(ranked).slice(0, current['search.maxResults']);
	const page = notes.slice(offset, wanted);
	watch.lap('fuse');
	const hits = await fetchHits(page, new Set(terms));
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

/** Weights of the legs when both answer. */
const weights = { keyword: 0.5, semantic: 0.5 } as const;

interface FoundLeg {
	readonly kind: 'keyword' | 'semantic';
	/** Best passages, best first, by key. */
	readonly candidates: readonly Scored[];
	readonly scoreOf: (key: number) => number;
}

interface Ranked {
	readonly folder: Folder;
	readonly passageId: number;
	readonly score: number;
	readonly parts: ScoreParts;
}

/** The question's vector, or why there is none. */
async function askModel(
	folders: readonly Folder[],
	embedder: Embedder,
	query: string,
	patienceMs: number,
	signal: AbortSignal,
): Promise<Float32Array | string> {
	if (folders.every(({ index }) => index.vectors.size === 0)) return 'no passage has a vector yet';
	const patience = Number.isFinite(patienceMs)
		? AbortSignal.timeout(patienceMs)
		: new AbortController().signal;
	try {
		const [vector] = await embedder.embed([query], 'query', AbortSignal.any([signal, patience]));
		return vector!;
	} catch (error) {
		signal.throwIfAborted();
		if (patience.aborted) return 'the model is still starting';
		return error instanceof Error ? error.message : String(error);
	}
}

/** BM25 of all folders by the statistics of all, so that scores compare across folders. */
function scoreWords(
	folders: readonly Folder[],
	terms: readonly string[],
): readonly ReadonlyMap<number, number>[] {
	const stats = folders.map(({ index }) => index.keyword.stats(terms));
	const all = stats.reduce(addStats, { passages: 0, totalLength: 0, frequencies: terms.map(() => 0) });
	return folders.map(({ index }) => index.keyword.score(terms, all));
}

/** Best passages by words, and by meaning, of those that may be shown: filters come before the cut. */
function findLegs(
	folders: readonly Folder[],
	words: readonly ReadonlyMap<number, number>[] | undefined,
	vector: Float32Array | undefined,
	wanted: number,
	{ precision }: SearchParams,
	settings: Settings,
): readonly FoundLeg[] {
	const depth = Math.max(leastCandidates, wanted * candidatesPerNote);
	const isHidden = matchAny(settings['search.exclude']);
	const isShown = ({ index }: Folder, passageId: number) =>
		!isHidden(index.note(index.passage(passageId)!.noteId)!.stamp.path);
	const keys = passageKeys(folders);
	const legs: FoundLeg[] = [];
	if (words !== undefined) {
		const found = function* (): Iterable<Scored> {
			for (const [at, scores] of words.entries()) {
				for (const [id, score] of scores)
					if (isShown(folders[at]!, id)) yield { id: keys.keyOf(at, id), score };
			}
		};
		const scoreOf = (key: number) => words[keys.folderAt(key)]!.get(keys.passageOf(key)) ?? 0;
		legs.push({ kind: 'keyword', candidates: topK(found(), depth), scoreOf });
	}
	if (vector !== undefined) {
		const least = Math.max(
			similarityOf[precision ?? settings['search.precision']],
			settings['search.minSimilarity'],
		);
		const found = function* (): Iterable<Scored> {
			for (const [at, folder] of folders.entries()) {
				const { ids, scores } = folder.index.vectors.score(vector);
				for (const [row, id] of ids.entries()) {
					const score = scores[row]!;
					if (score >= least && isShown(folder, id)) yield { id: keys.keyOf(at, id), score };
				}
			}
		};
		const scoreOf = (key: number) =>
			folders[keys.folderAt(key)]!.index.vectors.scoreOf(keys.passageOf(key), vector) ?? 0;
		legs.push({ kind: 'semantic', candidates: topK(found(), depth), scoreOf });
	}
	return legs;
}

/** Passages of all folders, best first. A mode of one leg keeps that leg's scores; hybrid fuses what there is. */
function rank(folders: readonly Folder[], legs: readonly FoundLeg[], mode: SearchMode): readonly Ranked[] {
	const keys = passageKeys(folders);
	const toRanked = ({ id: key, score }: Scored): Ranked => {
		const partOf = (kind: FoundLeg['kind']) => legs.find((leg) => leg.kind === kind)?.scoreOf(key) ?? 0;
		const parts = { keyword: partOf('keyword'), semantic: partOf('semantic'), graph: 0 };
		return { folder: folders[keys.folderAt(key)]!, passageId: keys.passageOf(key), score, parts };
	};
	if (mode !== 'hybrid') return (legs[0]?.candidates ?? []).map(toRanked);
	const answering = legs.filter(({ candidates }) => candidates.length > 0);
	const fusing = answering.map(({ kind, candidates, scoreOf }): Leg => {
		const top = candidates.slice(0, leastCandidates).map(({ score }) => score);
		return { weight: answering.length === 1 ? 1 : weights[kind], top, scoreOf };
	});
	const all = new Set(answering.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
	const fused = fuse(fusing, all).sort((a, b) => b.score - a.score || a.id - b.id);
	return fused.map(toRanked);
}

/** One number for a passage of any folder, so that ranking need not know of folders. */
function passageKeys(folders: readonly Folder[]) {
	const count = folders.length;
	return {
		keyOf: (folderAt: number, passageId: number) => passageId * count + folderAt,
		folderAt: (key: number) => key % count,
		passageOf: (key: number) => Math.floor(key / count),
	};
}

/** Of every note its best passage; the order stays. */
function bestPassageOfEach(ranked: readonly Ranked[]): readonly Ranked[] {
	const seen = new Map<Folder, Set<number>>();
	return ranked.filter(({ folder, passageId }) => {
		const noteId = folder.index.passage(passageId)?.noteId;
		const notes = seen.get(folder) ?? new Set();
		seen.set(folder, notes);
		if (noteId === undefined || notes.has(noteId)) return false;
		notes.add(noteId);
		return true;
	});
}

async function fetchHits(page: readonly Ranked[], terms: ReadonlySet<string>): Promise<readonly Hit[]> {
	const texts = new Map<Folder, Map<number, StoredPassage>>();
	for (const { folder } of page) {
		if (texts.has(folder)) continue;
		const ids = page.filter((ranked) => ranked.folder === folder).map(({ passageId }) => passageId);
		const passages = (await folder.store?.passages(ids)) ?? [];
		texts.set(folder, new Map(passages.map((passage) => [passage.id, passage])));
	}
	return page.flatMap(({ folder, passageId, score, parts }) => {
		// A passage that an edit has just replaced is left out rather than shown with nothing.
		const passage = texts.get(folder)?.get(passageId);
		const note = passage === undefined ? undefined : folder.index.note(passage.noteId);
		if (passage === undefined || note === undefined) return [];
		const { heading, startLine, endLine } = passage;
		const { path } = note.stamp;
		const { text: snippet, marks } = makeSnippet(passage.text, terms, snippetLength);
		const place = { uri: uriOfNote(folder.id.uri, path), folder: folder.id.name, path, title: note.title };
		return [{ ...place, heading, startLine, endLine, score, snippet, marks, parts }];
	});
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
