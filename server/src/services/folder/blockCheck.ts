import { setTimeout as delay } from 'node:timers/promises';
import type { IndexStore } from '../../ports/store.ts';
import type { Clock } from '../../ports/system.ts';
import type { Indexer } from '../indexing/indexer.ts';

/** Vectors of texts that are gone are kept, the newest: an undo or another branch brings texts back. */
export const keptOrphans = 10_000;

export interface BlockCheckTimes {
	/** How long an index has to be at rest before it is looked through. */
	readonly restMs: number;
	/** How long that holds. */
	readonly everyMs: number;
}

/**
 * Looks through all of an index that is at rest, once in a while, and then removes old vectors of texts that are gone: a
 * block that went bad is found before it is needed. Faults are told by the store to whoever opened it. Ends when `signal`
 * says so.
 */
export async function checkBlocksAtRest(
	store: IndexStore,
	indexer: Indexer,
	clock: Clock,
	{ restMs, everyMs }: BlockCheckTimes,
	signal: AbortSignal,
): Promise<void> {
	for (;;) {
		await indexer.whenIdle();
		await pause(restMs, signal);
		if (signal.aborted) return;
		if (indexer.state !== 'ready') continue;
		const began = clock.now();
		await store.check(signal);
		if (signal.aborted) return;
		await store.pruneVectors(keptOrphans);
		await pause(everyMs - (clock.now() - began), signal);
		if (signal.aborted) return;
	}
}

/** Resolves after `ms`, or with `signal`; holds no process up. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
	await delay(ms, undefined, { signal, ref: false }).catch(() => {});
}
