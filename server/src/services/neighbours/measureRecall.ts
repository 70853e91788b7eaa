import { ExactScores } from '../vectors/exactScores.ts';
import type { NeighbourParts } from './neighbourParts.ts';

/** Passages whose neighbours are looked up both ways. */
const sampleSize = 50;
const nearest = 10;
/** Sums of floats differ by their order: what scores as high as the last of the best is one of them. */
const tolerance = 1e-6;

/**
 * Share of the ten passages nearest to a passage that are among what a graph finds when asked for ten: over a sample of
 * `ids`, the passage itself left out. A search asks for more, and so misses less. `undefined` where there are too few
 * to tell.
 */
export async function measureRecall(
	{ index, store, model }: NeighbourParts,
	ids: readonly number[],
	find: (query: Float32Array, k: number) => Promise<readonly number[]>,
): Promise<number | undefined> {
	if (ids.length <= nearest) return undefined;
	const sample = spread(ids, sampleSize);
	const { id: modelId } = model();
	let found = 0;
	let wanted = 0;
	for (const [self, query] of await store.vectorsOf(modelId, sample)) {
		// What waits goes first.
		await new Promise(setImmediate);
		const exact = new ExactScores({ index, store }, modelId, query);
		const best = (await exact.best(nearest + 1, -Infinity, undefined, [])).filter(({ id }) => id !== self);
		const least = best.slice(0, nearest).at(-1);
		if (least === undefined) continue;
		const answer = (await find(query, nearest + 1)).filter((id) => id !== self);
		await exact.fetch(answer);
		const hits = answer.filter((id) => (exact.get(id) ?? -Infinity) >= least.score - tolerance);
		const most = Math.min(nearest, best.length);
		found += Math.min(hits.length, most);
		wanted += most;
	}
	return wanted === 0 ? undefined : found / wanted;
}

/** At most `count` of `ids`, evenly. */
export function spread(ids: readonly number[], count: number): readonly number[] {
	const length = Math.min(count, ids.length);
	return Array.from({ length }, (_, at) => ids[Math.floor((at * ids.length) / length)]!);
}
