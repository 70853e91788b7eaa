import { tokenize } from '../../core/ranking/tokens.ts';
import { type Embedder, EmbedderOff } from '../../ports/models.ts';
import type { Explanation, Hit } from '../../protocol/search.ts';
import type { Folder } from '../folder.ts';
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
			terms: contributions(folders, folder, passageId, terms),
			zScores: ranked.zScores ?? {},
			...(ranked.shares === undefined ? {} : { shares: ranked.shares }),
			...(sentence === undefined ? {} : { sentence }),
		};
		explained.push({ ...hit, explain });
	}
	return explained;
}

function contributions(
	folders: readonly Folder[],
	{ index }: Folder,
	passageId: number,
	terms: readonly WeightedTerm[],
): Explanation['terms'] {
	return terms
		.map(({ term, typed, weight, frequency }) => {
			const stats = { ...addedStats(folders, [term]), frequencies: [frequency] };
			return { term, typed, weight, score: index.keyword.score([term], stats, [weight]).get(passageId) ?? 0 };
		})
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score);
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

function dot(a: Float32Array, b: Float32Array): number {
	return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}
