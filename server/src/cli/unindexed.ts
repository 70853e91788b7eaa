import type { SharedEngine } from '../services/doors/sharedEngine.ts';

/** A note that can't be found, and why. */
export interface UnindexedNote {
	readonly path: string;
	readonly reason: string;
}

/** All notes that were seen and can't be found, in order of their paths. */
export async function readUnindexed(engine: Pick<SharedEngine, 'ledger'>): Promise<readonly UnindexedNote[]> {
	const { entries } = await engine.ledger({
		states: ['skipped', 'failed'],
		limit: Number.MAX_SAFE_INTEGER,
	});
	// Where the model failed at a passage, the note's words are found all the same.
	return entries.flatMap(({ path, reason = '', passages }) => (passages > 0 ? [] : [{ path, reason }]));
}
