import { type Scored, topK } from '../../kernels/topK.ts';
import type { EmbeddingModel } from '../../ports/models.ts';
import type { TeamCandidate } from '../../ports/teamIndex.ts';
import type { SearchMode } from '../../protocol/search.ts';
import type { SearchLeg } from '../search/leg.ts';
import { fusePassages, scoreLeg, weigh } from '../search/rank.ts';

/** A passage of the team's with its place in the answer. */
export interface RankedCandidate {
	readonly candidate: TeamCandidate;
	readonly score: number;
}

/** What the legs found, by words and by meaning. */
export interface TeamFound {
	readonly byWords: readonly TeamCandidate[];
	readonly byMeaning: readonly TeamCandidate[];
	/** What a passage would score that held all words as often as can count. */
	readonly ceiling: number;
	/** Whose vectors were compared. */
	readonly model: EmbeddingModel;
}

/**
 * Of every note its best passage, best first, by the fusion that notes here are ranked by. A passage that was found by
 * meaning alone counts for nothing by words.
 */
export function rankTeam(found: TeamFound, mode: SearchMode): readonly RankedCandidate[] {
	const keys = new Map<string, number>();
	const passages: TeamCandidate[] = [];
	const notes = new Map<string, number>();
	const noteOf: number[] = [];
	const add = (candidate: TeamCandidate): number => {
		const { workspace, path, position } = candidate;
		const note = `${workspace}\n${path}`;
		const name = `${note}\n${position}`;
		const known = keys.get(name);
		if (known !== undefined) return known;
		const key = passages.push(candidate) - 1;
		keys.set(name, key);
		if (!notes.has(note)) notes.set(note, notes.size);
		noteOf.push(notes.get(note)!);
		return key;
	};
	const words = found.byWords.map((candidate) => ({ id: add(candidate), score: candidate.words }));
	const meant = found.byMeaning.map((candidate) => ({ id: add(candidate), score: candidate.cosine ?? 0 }));
	const all = passages.map((_, key) => key);
	const legs = [
		legOf({ kind: 'keyword', ceiling: found.ceiling }, words, new Map(words.map(scoreById))),
		legOf(
			{ kind: 'semantic', strength: found.model.strength ?? 'usual' },
			meant,
			new Map(passages.map(({ cosine }, id) => [id, cosine ?? 0])),
		),
	];
	const answering = weigh(
		legs.flatMap(({ leg, scores }) => (leg.candidates.length > 0 ? [scoreLeg(leg, scores, all)] : [])),
	);
	const ranked =
		mode === 'hybrid'
			? fusePassages(answering, all, (key) => noteOf[key]!)
			: [...legs[mode === 'keyword' ? 0 : 1]!.leg.candidates];
	ranked.sort((a, b) => b.score - a.score || a.id - b.id);
	const seen = new Set<number>();
	return ranked.flatMap(({ id, score }) => {
		const note = noteOf[id]!;
		if (seen.has(note)) return [];
		seen.add(note);
		return [{ candidate: passages[id]!, score }];
	});
}

function legOf(
	kind: Pick<SearchLeg, 'kind' | 'ceiling' | 'strength'>,
	found: readonly Scored[],
	scores: ReadonlyMap<number, number>,
): { readonly leg: SearchLeg; readonly scores: ReadonlyMap<number, number> } {
	const candidates = topK(found, found.length);
	return { leg: { ...kind, candidates, scoresOf: async () => scores }, scores };
}

function scoreById({ id, score }: Scored): readonly [number, number] {
	return [id, score];
}
