import { tokenize } from '../../core/ranking/tokens.ts';
import { type Embedder, EmbedderOff } from '../../ports/models.ts';
import type { Explanation, Hit } from '../../protocol/search.ts';
import type { Folder } from '../folder/folder.ts';
import { dot } from '../vectors/exactScores.ts';
import type { RankedPassage } from './rank.ts';
import { addedStats } from './termStats.ts';
import type { WeightedTerm, WordQuery } from './words.ts';

/** Sentences of a passage that are compared with the question. */
const mostSentences = 10;

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

export interface Explained {
	/** What `hits` were made from; a passage that went in between has no hit. */
	readonly page: readonly RankedPassage[];
	readonly hits: readonly Hit[];
	readonly words: WordQuery;
	/** The question's vector, or why there is none. */
	readonly asked: Float32Array | string | undefined;
}

/** The hits of a page with where their scores come from. Throws on abort, between two hits. */
export async function explainHits(
	folders: readonly Folder[],
	embedder: Embedder,
	{ page, hits, words, asked }: Explained,
	signal: AbortSignal,
): Promise<readonly Hit[]> {
	const explained: Hit[] = [];
	const scores = new TermScores(folders, page);
	for (const hit of hits) {
		signal.throwIfAborted();
		const ranked = page.find(
			({ folder, noteId }) => folder.id.name === hit.folder && folder.index.noteAt(hit.path)?.id === noteId,
		);
		if (ranked?.passageId === undefined) {
			explained.push(hit);
			continue;
		}
		const { folder, passageId } = ranked;
		const terms = words.get(folder.index.languageOf(passageId)) ?? [];
		const [passage] = await folder.passages([passageId]);
		const sentence =
			passage === undefined
				? undefined
				: await nearestSentence(
						passage.text,
						terms,
						folder.index.languageOf(passageId),
						asked,
						embedder,
						signal,
					);
		const explain: Explanation = {
			terms: scores.contributions(folder, passageId, terms),
			zScores: ranked.zScores ?? {},
			...(ranked.shares === undefined ? {} : { shares: ranked.shares }),
			...(sentence === undefined ? {} : { sentence }),
		};
		explained.push({ ...hit, explain });
	}
	return explained;
}

/** What each term alone adds to the passages of a page. All of a folder are scored for it: once, not for every hit. */
class TermScores {
	readonly #folders: readonly Folder[];
	readonly #page: readonly RankedPassage[];
	readonly #known = new Map<Folder, Map<WeightedTerm, ReadonlyMap<number, number>>>();

	constructor(folders: readonly Folder[], page: readonly RankedPassage[]) {
		this.#folders = folders;
		this.#page = page;
	}

	/** The terms that a passage of the page holds, the one that adds most first. */
	contributions(folder: Folder, passageId: number, terms: readonly WeightedTerm[]): Explanation['terms'] {
		return terms
			.map((weighted) => {
				const { term, typed, weight } = weighted;
				return { term, typed, weight, score: this.#scoresOf(folder, weighted).get(passageId) ?? 0 };
			})
			.filter(({ score }) => score > 0)
			.sort((a, b) => b.score - a.score);
	}

	#scoresOf(folder: Folder, term: WeightedTerm): ReadonlyMap<number, number> {
		const ofFolder = this.#known.get(folder) ?? new Map<WeightedTerm, ReadonlyMap<number, number>>();
		this.#known.set(folder, ofFolder);
		const scores = ofFolder.get(term) ?? this.#score(folder, term);
		ofFolder.set(term, scores);
		return scores;
	}

	/** Those of the page alone are kept: a number for every passage and term would be much memory. */
	#score(folder: Folder, { term, weight, frequency }: WeightedTerm): ReadonlyMap<number, number> {
		const stats = { ...addedStats(this.#folders, [term]), frequencies: [frequency] };
		const scores = folder.index.keyword.score([term], stats, [weight]);
		const found = new Map<number, number>();
		for (const { folder: its, passageId } of this.#page) {
			if (its === folder && passageId !== undefined) found.set(passageId, scores.get(passageId) ?? 0);
		}
		return found;
	}
}

async function nearestSentence(
	text: string,
	terms: readonly WeightedTerm[],
	language: Parameters<typeof tokenize>[1],
	asked: Explained['asked'],
	embedder: Embedder,
	signal: AbortSignal,
): Promise<Explanation['sentence']> {
	const all = [...sentences.segment(text)].map(({ segment }) => segment.replace(/\s+/g, ' ').trim());
	const wordsIn = (sentence: string) => {
		const held = new Set(tokenize(sentence, language).map(({ term }) => term));
		return terms.reduce((sum, { term, weight }) => sum + (held.has(term) ? weight : 0), 0);
	};
	const byWords = all
		.filter((sentence) => sentence !== '')
		.map((sentence) => ({ sentence, words: wordsIn(sentence) }))
		.sort((a, b) => b.words - a.words)
		.slice(0, mostSentences);
	const [first] = byWords;
	if (first === undefined) return undefined;
	if (!(asked instanceof Float32Array)) return first.words > 0 ? { text: first.sentence } : undefined;
	try {
		const texts = byWords.map(({ sentence }) => sentence);
		const vectors = await embedder.embed(texts, 'passage', signal);
		const near = vectors.map((vector, at) => ({ text: texts[at]!, similarity: dot(vector, asked) }));
		return near.sort((a, b) => b.similarity - a.similarity)[0];
	} catch (error) {
		if (!(error instanceof EmbedderOff)) throw error;
		return first.words > 0 ? { text: first.sentence } : undefined;
	}
}
