import { fuse, type Leg } from '../../core/ranking/fusion.ts';
import type { ScoreParts, SearchMode } from '../../protocol.ts';
import type { Folder } from '../folder.ts';
import type { SearchLeg } from './leg.ts';
import type { PassageKeys } from './passageKeys.ts';

/** Best passages of a leg that its mean and deviation are taken from. */
const scaleDepth = 100;
/** Weights of the legs when both answer. */
const weights = { keyword: 0.5, semantic: 0.5 } as const;

/** A passage with its place in the answer. */
export interface RankedPassage {
	readonly folder: Folder;
	readonly passageId: number;
	readonly score: number;
	readonly parts: ScoreParts;
}

/** Passages of all folders, best first. A mode of one leg keeps that leg's scores; hybrid fuses what there is. */
export async function rankPassages(
	folders: readonly Folder[],
	keys: PassageKeys,
	legs: readonly SearchLeg[],
	mode: SearchMode,
): Promise<readonly RankedPassage[]> {
	const all = [...new Set(legs.flatMap(({ candidates }) => candidates.map(({ id }) => id)))];
	const scores = await Promise.all(legs.map((leg) => leg.scoresOf(all)));
	const partOf = (kind: SearchLeg['kind'], key: number) => {
		const at = legs.findIndex((leg) => leg.kind === kind);
		return scores[at]?.get(key) ?? 0;
	};
	const toRanked = ({ id: key, score }: { readonly id: number; readonly score: number }): RankedPassage => ({
		folder: folders[keys.folderAt(key)]!,
		passageId: keys.passageOf(key),
		score,
		parts: { keyword: partOf('keyword', key), semantic: partOf('semantic', key), graph: 0 },
	});
	if (mode !== 'hybrid') return (legs[0]?.candidates ?? []).map(toRanked);
	const answering = legs.flatMap((leg, at) => (leg.candidates.length > 0 ? [{ leg, at }] : []));
	const fusing = answering.map(({ leg: { kind, candidates }, at }): Leg => {
		const top = candidates.slice(0, scaleDepth).map(({ score }) => score);
		const weight = answering.length === 1 ? 1 : weights[kind];
		return { weight, top, scoreOf: (key) => scores[at]!.get(key) ?? 0 };
	});
	return fuse(fusing, all)
		.sort((a, b) => b.score - a.score || a.id - b.id)
		.map(toRanked);
}

/** Of every note its best passage; the order stays. */
export function bestPassageOfEach(ranked: readonly RankedPassage[]): readonly RankedPassage[] {
	const seen = new Map<Folder, Set<number>>();
	return ranked.filter(({ folder, passageId }) => {
		const noteId = folder.index.noteOf(passageId);
		const notes = seen.get(folder) ?? new Set();
		seen.set(folder, notes);
		if (noteId === undefined || notes.has(noteId)) return false;
		notes.add(noteId);
		return true;
	});
}
