import type { GraphFaultKind } from '../../ports/remoteGraph.ts';

const firstMs = 1000;
const longestMs = 60_000;
/** What the server is does not change by itself, but somebody may change it. */
const refusedMs = 300_000;
/** A server that locks a user out does so for 5 seconds, unless it was told otherwise. */
const lockedMs = 10_000;
/** So that not all windows come back to a server at the same moment. */
const jitter = 0.2;

/**
 * How long to wait after the `attempt`th failure in a row (from 1), milliseconds; `random` gives 0 to 1. `undefined`:
 * not by itself, because a wrong password that is tried again locks its user out.
 */
export function waitAfter(kind: GraphFaultKind, attempt: number, random: () => number): number | undefined {
	if (kind === 'credentials') return undefined;
	const fixedMs = { refused: refusedMs, locked: lockedMs }[kind as string];
	const base = fixedMs ?? Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 16));
	return base * (1 + jitter * (2 * random() - 1));
}
