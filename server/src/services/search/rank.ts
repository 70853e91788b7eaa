import { fuse, keywordWeight, type Leg, logistic, scaleOf } from '../../core/ranking/fusion.ts';
import type { ScoreParts, SearchMode } from '../../protocol/search.ts';
import type { Folder } from '../folder/folder.ts';
import type { SearchLeg } from './leg.ts';
import type { PassageKeys } from './passageKeys.ts';

/**
 * Best of a leg that its mean and deviation are taken from: of all that the legs find where no more than the usual notes
 * may be asked for, and no more where more may be, so that the order stays.
 */
const scaleDepth = 400;

/** A passage with its place in the answer. */
export interface RankedPassage {
	readonly folder: Folder;
	readonly noteId: number;
	/** None of a note without text, which conditions alone can find. */
	readonly passageId: number | undefined;
	readonly score: number;
	readonly parts: ScoreParts;
	/** How far above the mean of its leg's best each part is, in deviations. */
	readonly zScores?: LegScores;
	/** Shares of the legs in a fused score. */
	readonly shares?: LegScores;
}

/** Something of each leg there is. */
export type LegScores = { readonly [kind in SearchLeg['kind']]?: number };

/**
 * Notes of all folders by their best passages, best first. A mode of one leg keeps that leg's scores; hybrid fuses what
 * there is.
 */
export async function rankNotes(
	folders: readonly Folder[],
	keys: PassageKeys,
	legs: readonly SearchLeg[],
	mode: SearchMode,
): Promise<readonly RankedPassage[]> {
	const found = [...new Set(legs.flatMap(({ candidates }) => candidates.map(({ id }) => id)))];
	const scores = await Promise.all(legs.map((leg) => leg.scoresOf(found)));
	// What an edit has taken away meanwhile is of no note any more.
	const noteOf = new Map<number, number>();
	for (const key of found) {
		const at = keys.folderAt(key);
		const note = folders[at]!.index.noteOf(keys.passageOf(key));
		if (note !== undefined) noteOf.set(key, keys.keyOf(at, note));
	}
	const all = [...noteOf.keys()];
	const partsOf = (kind: SearchLeg['kind']) => scores[legs.findIndex((leg) => leg.kind === kind)];
	const [keyword, semantic] = [partsOf('keyword'), partsOf('semantic')];
	const answering = weigh(
		legs.flatMap((leg, at) => (leg.candidates.length > 0 ? [scoreLeg(leg, scores[at]!, all)] : [])),
	);
	const scaled = answering.map((leg) => ({ ...leg, kind: leg.leg.kind, zScore: scaleOf(leg.top) }));
	const byLeg = (value: (leg: (typeof scaled)[number]) => number): LegScores => {
		const values: { [kind in SearchLeg['kind']]?: number } = {};
		for (const leg of scaled) values[leg.kind] = value(leg);
		return values;
	};
	const shares = mode === 'hybrid' ? { shares: byLeg(({ weight }) => weight) } : {};
	const toRanked = ({ id: key, score }: { readonly id: number; readonly score: number }): RankedPassage => ({
		folder: folders[keys.folderAt(key)]!,
		noteId: keys.passageOf(noteOf.get(key)!),
		passageId: keys.passageOf(key),
		score,
		parts: { keyword: keyword?.get(key) ?? 0, semantic: semantic?.get(key) ?? 0, graph: 0 },
		zScores: byLeg(({ zScore, scoreOf }) => zScore(scoreOf(key))),
		...shares,
	});
	const ranked =
		mode === 'hybrid'
			? fusePassages(answering, all, (key) => noteOf.get(key)!).sort(
					(a, b) => b.score - a.score || a.id - b.id,
				)
			: (legs[0]?.candidates ?? []).filter(({ id }) => noteOf.has(id));
	return bestOfEach(ranked, ({ id }) => noteOf.get(id)!).map(toRanked);
}

/** A leg with the scores of all passages found, by any leg. */
export interface ScoredLeg extends Leg {
	readonly leg: SearchLeg;
}

/**
 * Passages that one leg alone has found are among the best of the other as well, with nothing: where few hold a word, its
 * scores are all alike, and their deviation alone would make every other passage hopeless.
 */
export function scoreLeg(
	leg: SearchLeg,
	scores: ReadonlyMap<number, number>,
	passages: readonly number[],
): ScoredLeg {
	const scoreOf = (key: number) => scores.get(key) ?? 0;
	return { leg, weight: 1, top: bestOf(passages.map(scoreOf)), scoreOf };
}

/** Gives each leg its share, by how well the words of the question are matched. */
export function weigh(legs: readonly ScoredLeg[]): readonly ScoredLeg[] {
	const words = legs.find(({ leg }) => leg.kind === 'keyword')?.leg;
	if (words === undefined || legs.length === 1) return legs;
	const strength = legs.find(({ leg }) => leg.kind === 'semantic')?.leg.strength;
	const share = keywordWeight(words.candidates[0]!.score / (words.ceiling ?? Infinity), strength);
	return legs.map((leg) => ({ ...leg, weight: leg.leg === words ? share : 1 - share }));
}

/**
 * The mean of two sums: of the passage's own scores, and of the best scores in its note, whichever passages have them.
 * The one asks for a passage that answers in words and meaning, the other for a note whose title matches here and whose
 * text answers there. Best ones only: adding up passages makes long notes win (measured).
 */
export function fusePassages(
	legs: readonly ScoredLeg[],
	passages: readonly number[],
	noteOf: (passage: number) => number,
): { readonly id: number; readonly score: number }[] {
	const ofPassage = fuse(legs);
	const notes = passages.map(noteOf);
	const ofNote = fuse(
		legs.map(({ scoreOf, weight }) => {
			const best = new Map<number, number>();
			for (const [at, note] of notes.entries()) {
				const score = scoreOf(passages[at]!);
				const known = best.get(note);
				if (known === undefined || score > known) best.set(note, score);
			}
			return { weight, top: bestOf([...best.values()]), scoreOf: (note) => best.get(note) ?? 0 };
		}),
	);
	return passages.map((id, at) => ({ id, score: logistic((ofPassage(id) + ofNote(notes[at]!)) / 2) }));
}

function bestOf(scores: readonly number[]): readonly number[] {
	return [...Float64Array.from(scores).sort().reverse().subarray(0, scaleDepth)];
}

/** Of what is of one note the first, in the same order. */
function bestOfEach<T>(ranked: readonly T[], noteOf: (ranked: T) => number): readonly T[] {
	const seen = new Set<number>();
	return ranked.filter((one) => {
		const note = noteOf(one);
		if (seen.has(note)) return false;
		seen.add(note);
		return true;
	});
}
