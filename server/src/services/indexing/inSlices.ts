import { Slices } from '../../core/slices.ts';
import type { IndexChange } from '../../ports/store.ts';

/**
 * Hands a change to `apply` in pieces of whole notes, so that the thread that answers is not held up by a batch of
 * long notes: each note is taken in at once, the batch over several turns.
 */
export async function inSlices(change: IndexChange, apply: (piece: IndexChange) => void): Promise<void> {
	const { put, touch, remove } = change;
	const slices = new Slices();
	apply({ put: [], touch, remove });
	for (const one of put) {
		await slices.pause();
		apply({ put: [one], touch: [], remove: [] });
	}
}
