import { boilerplateWeight } from '../../core/ranking/boilerplate.ts';
import { topK } from '../../kernels/topK.ts';
import type { Folder } from '../folder/folder.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';
import { dot } from '../vectors/exactScores.ts';
import { visitVectors } from '../vectors/exactVectors.ts';

/** Notes near in meaning that are looked at more closely. */
const candidateCount = 50;

/** How near another note is, and by which of its passages. */
export interface Nearness {
	readonly similarity: number;
	readonly passageId: number;
	readonly passageSimilarity: number;
}

/**
 * For every other note the mean, over `passages`, of its best passage's cosine: exact for the nearest notes, and by
 * codes alone, a hair off, for the others.
 */
export async function findNear(
	{ index, store, embedder }: Folder,
	noteId: number,
	passages: readonly number[],
	replaced: ReadonlyMap<number, Float32Array>,
	signal: AbortSignal,
): Promise<ReadonlyMap<number, Nearness>> {
	// Of this model, whichever takes over meanwhile.
	const held = index.vectors;
	const vectorsOf = async (ids: readonly number[]) => {
		const found = new Map<number, Float32Array>();
		if (embedder === undefined) return found;
		await visitVectors(held, store, embedder.model.id, ids, (id, vector) => found.set(id, vector.slice()));
		return found;
	};
	const own = await vectorsOf(passages);
	const vectors = passages.flatMap((id) => replaced.get(id) ?? own.get(id) ?? []);
	const near = new Map<number, Nearness>();
	const bestPassages = new Map<number, Set<number>>();
	for (const vector of vectors) {
		// One scan is short; what waits behind it goes first before the next.
		await new Promise(setImmediate);
		signal.throwIfAborted();
		for (const [other, { passageId, similarity }] of await bestByNote(index, vector)) {
			if (other === noteId) continue;
			const known = near.get(other);
			const share = Math.max(0, similarity) / vectors.length;
			const isBetter = known === undefined || similarity > known.passageSimilarity;
			near.set(other, {
				similarity: (known?.similarity ?? 0) + share,
				passageId: isBetter ? passageId : known.passageId,
				passageSimilarity: isBetter ? similarity : known.passageSimilarity,
			});
			const best = bestPassages.get(other);
			if (best === undefined) bestPassages.set(other, new Set([passageId]));
			else best.add(passageId);
		}
	}
	const nearest = nearestOf(near);
	const theirs = await vectorsOf(nearest.flatMap((other) => [...bestPassages.get(other)!]));
	signal.throwIfAborted();
	for (const other of nearest) {
		const known = [...bestPassages.get(other)!].flatMap((id) => {
			const vector = theirs.get(id);
			return vector === undefined ? [] : [{ id, vector }];
		});
		if (known.length > 0) near.set(other, measureNearness(vectors, known));
	}
	return near;
}

/** The notes nearest in meaning, nearest first. */
export function nearestOf(near: ReadonlyMap<number, Nearness>): readonly number[] {
	const sorted = [...near].sort(([, a], [, b]) => b.similarity - a.similarity);
	return sorted.slice(0, candidateCount).map(([noteId]) => noteId);
}

/** Of at least one passage. */
function measureNearness(
	vectors: readonly Float32Array[],
	passages: readonly { readonly id: number; readonly vector: Float32Array }[],
): Nearness {
	const nearest = vectors.map((vector) => {
		const scored = passages.map((passage) => ({ id: passage.id, score: dot(vector, passage.vector) }));
		return topK(scored, 1)[0]!;
	});
	const sum = nearest.reduce((total, { score }) => total + Math.max(0, score), 0);
	const best = topK(nearest, 1)[0]!;
	return { similarity: sum / vectors.length, passageId: best.id, passageSimilarity: best.score };
}

async function bestByNote(
	index: FolderIndex,
	vector: Float32Array,
): Promise<Map<number, { passageId: number; similarity: number }>> {
	const { ids, scores } = await index.vectors.approximate(vector);
	const best = new Map<number, { passageId: number; similarity: number }>();
	for (const [at, passageId] of ids.entries()) {
		const similarity = scores[at]! * (index.boilerplate.has(passageId) ? boilerplateWeight.semantic : 1);
		const noteId = index.noteOf(passageId);
		if (noteId === undefined) continue;
		const known = best.get(noteId);
		if (known === undefined || similarity > known.similarity) best.set(noteId, { passageId, similarity });
	}
	return best;
}
