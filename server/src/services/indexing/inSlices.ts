import type { IndexChange } from '../../ports/store.ts';

/** How long the thread works on a change before it looks after what else waits for it. */
const sliceMs = 8;

/**
 * Hands a change to `apply` in pieces of whole notes, so that the thread that answers is not held up by a batch of
 * long notes: each note is taken in at once, the batch over several turns.
 */
export async function inSlices(change: IndexChange, apply: (piece: IndexChange) => void): Promise<void> {
	const { put, touch, remove } = change;
	let began = performance.now();
	apply({ put: [], touch, remove });
	for (const one of put) {
		if (performance.now() - began > sliceMs) {
			await new Promise((resolve) => setImmediate(resolve));
			began = performance.now();
		}
		apply({ put: [one], touch: [], remove: [] });
	}
}
