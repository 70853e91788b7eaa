import { hideLink } from '../../core/links/hideLink.ts';
import type { Link } from '../../core/markdown/note.ts';
import { modelText } from '../../core/markdown/passage.ts';
import { type RelatedWeights, relatedScore, weightGrid } from '../../core/ranking/relatedWeights.ts';
import type { StoredNote } from '../../ports/store.ts';
import type { LinkEvaluation, LinkQuality } from '../../protocol/quality.ts';
import type { Folder } from '../folder/folder.ts';
import { gatherRelations, samplePassages } from './related.ts';
import type { Relation } from './relatedReasons.ts';

/** Links that are hidden, one at a time; more say little more and take longer. */
const mostPairs = 300;
/** Fewer pairs than this to choose by, and chance would choose. */
const leastPairs = 30;
/** Less than this on the links held back is chance, and the weights of now are kept. */
const leastGain = 0.01;
const seed = 20_251_124;

/** A link of the user's own, from note to note. */
interface LinkedPair {
	readonly from: StoredNote;
	readonly to: StoredNote;
	/** All links of the one to the other: they are hidden together. */
	readonly links: readonly Link[];
}

/**
 * Hides links of the folder's own notes, one pair of notes at a time, and looks where related-notes puts the note
 * that was linked. Hidden are the link in the index of links, and its words and the linked note's name in the passage
 * that held it, which is embedded again without them. The other notes that the note links to are right answers too, so
 * they are passed over and not counted against it (the "filtered" ranks of Bordes et al., 2013). Throws on abort.
 */
export async function evaluateLinks(
	folder: Folder,
	onProgress: (done: number, total: number) => void,
	signal: AbortSignal,
): Promise<LinkEvaluation> {
	const pairs = samplePairs(folder);
	const trials: Trial[] = [];
	for (const pair of pairs) {
		trials.push(await hidePair(folder, pair, signal));
		onProgress(trials.length, pairs.length);
	}
	const current = folder.relatedWeights;
	const byWeights = weightGrid()
		.map((weights) => ({ weights, ...measure(trials, weights) }))
		.sort((a, b) => worth(b) - worth(a));
	const choosing = trials.filter((_, at) => at % 2 === 0);
	const checking = trials.filter((_, at) => at % 2 === 1);
	const best = choosing.length < leastPairs / 2 ? current : chooseWeights(choosing, current);
	const check = {
		pairs: checking.length,
		before: measure(checking, current),
		after: measure(checking, best),
	};
	return {
		pairs: trials.length,
		current,
		...measure(trials, current),
		byWeights,
		best,
		check,
		isBetter: worth(check.after) >= worth(check.before) + leastGain,
	};
}

/** What related-notes found while one link was hidden. */
interface Trial {
	readonly target: number;
	/** The target, and the notes that it competes with. */
	readonly relations: readonly Relation[];
}

async function hidePair(
	folder: Folder,
	{ from, to, links }: LinkedPair,
	signal: AbortSignal,
): Promise<Trial> {
	const { index } = folder;
	const passages = samplePassages(index, from.id);
	const withheld = {
		links: hideLink(index.links, from.id, to.id),
		vectors: await embedWithout(folder, passages, { from, to, links }, signal),
	};
	const relations = await gatherRelations(folder, from, passages, signal, withheld);
	const alsoLinked = new Set(withheld.links.outgoing(from.id));
	return { target: to.id, relations: relations.filter(({ note }) => !alsoLinked.has(note.id)) };
}

/** Vectors of those of `passages` that hold a link of the pair, without its words. */
async function embedWithout(
	{ index, store, embedder }: Folder,
	passages: readonly number[],
	{ to, links }: LinkedPair,
	signal: AbortSignal,
): Promise<ReadonlyMap<number, Float32Array>> {
	if (embedder === undefined) return new Map();
	const holding = passages.filter((id) => {
		const { startLine, endLine } = index.passage(id)!;
		return index.vectors.has(id) && links.some(({ line }) => startLine <= line && line <= endLine);
	});
	const words = [...links.map(wordsOf), to.title, nameOf(to.stamp.path)].filter((name) => name !== '');
	const named = new RegExp(words.map((name) => `(?<!\\w)${escaped(name)}(?!\\w)`).join('|'), 'giu');
	const vectors = new Map<number, Float32Array>();
	for (const { id, heading, text } of (await store?.passages(holding)) ?? []) {
		const rest = modelText({ heading, text: text.replace(named, ' ') });
		const [vector] = await embedder.embed([rest], 'passage', signal);
		vectors.set(id, vector!);
	}
	return vectors;
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
}

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A link as it reads in the text of a passage; the words of a markdown link are not known here. */
function wordsOf({ alias, target, heading }: Link): string {
	return alias ?? (heading === undefined ? target : `${target} > ${heading}`);
}

function measure(trials: readonly Trial[], weights: RelatedWeights): LinkQuality {
	const ranks = trials.map((trial) => rankOf(trial, weights));
	const mean = (value: (rank: number) => number) =>
		ranks.reduce((sum, rank) => sum + value(rank), 0) / Math.max(1, ranks.length);
	return { recall10: mean((rank) => (rank <= 10 ? 1 : 0)), mrr: mean((rank) => 1 / rank) };
}

/** Place of the target, 1 first; `Infinity` where it is not found. Of equals half count as before it. */
function rankOf({ target, relations }: Trial, weights: RelatedWeights): number {
	const found = relations.find(({ note }) => note.id === target);
	if (found === undefined) return Infinity;
	const score = relatedScore(found.evidence, weights);
	let before = 0;
	for (const { note, evidence } of relations) {
		const other = relatedScore(evidence, weights);
		if (other > score) before++;
		else if (other === score && note.id !== target) before += 0.5;
	}
	return before + 1;
}

/** The current weights stay unless others are better. */
function chooseWeights(trials: readonly Trial[], current: RelatedWeights): RelatedWeights {
	let best = current;
	let most = worth(measure(trials, current));
	for (const weights of weightGrid()) {
		const own = worth(measure(trials, weights));
		if (own > most) {
			best = weights;
			most = own;
		}
	}
	return best;
}

/** To be among the ten that are shown counts as much as to stand high there. */
function worth({ recall10, mrr }: LinkQuality): number {
	return recall10 + mrr;
}

function samplePairs({ index }: Folder): readonly LinkedPair[] {
	const pairs: LinkedPair[] = [];
	for (const from of [...index.notes()].sort((a, b) => (a.stamp.path < b.stamp.path ? -1 : 1))) {
		const byTarget = new Map<number, Link[]>();
		for (const link of from.links) {
			const to = index.noteNamed(link, from.stamp.path);
			if (to === undefined || to.id === from.id || to.skipped !== undefined) continue;
			byTarget.set(to.id, [...(byTarget.get(to.id) ?? []), link]);
		}
		for (const [to, links] of byTarget) pairs.push({ from, to: index.note(to)!, links });
	}
	return shuffled(pairs).slice(0, mostPairs);
}

/** The same order every time (Fisher and Yates, by the random numbers of mulberry32). */
function shuffled<T>(items: readonly T[]): readonly T[] {
	const result = [...items];
	let state = seed;
	for (let at = result.length - 1; at > 0; at--) {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		const random = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
		const other = Math.floor(random * (at + 1));
		[result[at], result[other]] = [result[other]!, result[at]!];
	}
	return result;
}
