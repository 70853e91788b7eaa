import type { ModelStrength } from '../../core/ranking/fusion.ts';
import type { Scored } from '../../kernels/topK.ts';

/** One way of ranking the passages of all folders; ids are `PassageKeys`. */
export interface SearchLeg {
	readonly kind: 'keyword' | 'semantic';
	/** Best passages, best first. */
	readonly candidates: readonly Scored[];
	/** What a passage would score that held every word of the question as often as can count; of the leg of words. */
	readonly ceiling?: number;
	/** How much the model of the leg of meaning counts beside words. */
	readonly strength?: ModelStrength;
	/** Exact scores of any passages, 0 for those without one: fusion guesses none. */
	scoresOf(keys: readonly number[]): Promise<ReadonlyMap<number, number>>;
}

/** Whether a passage may be an answer: asked before the cut to the best, so that filters never cost results. */
export type Accept = (folderAt: number, passageId: number) => boolean;

/** No filter: a scan then asks no one. */
export const acceptAll: Accept = () => true;
