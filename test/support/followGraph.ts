import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { RemoteGraph } from '../../server/src/ports/remoteGraph.ts';
import { GraphSync } from '../../server/src/services/graph/graphSync.ts';
import type { GraphSource } from '../../server/src/services/graph/graphSyncDifference.ts';
import { silentLogger } from './silentLogger.ts';

/** A running sync, and promises of what it comes to. */
export interface FollowedGraph {
	readonly sync: GraphSync;
	/** Resolves with the first state from now on that `wanted` accepts. */
	until(wanted: (sync: GraphSync) => boolean): Promise<void>;
}

export interface FollowOptions {
	readonly isRead?: () => boolean;
	readonly checkEveryMs?: number;
	readonly pingEveryMs?: number;
	/** What its waits are multiplied by. */
	readonly pace?: number;
}

/** Begins to keep `remote` in step with `source`, until the test is over. */
export function followGraph(
	source: GraphSource,
	remote: RemoteGraph,
	{ isRead = () => true, checkEveryMs = 0, pingEveryMs = 15_000, pace = 0.1 }: FollowOptions = {},
): FollowedGraph {
	const listeners = new Set<() => void>();
	const sync = new GraphSync({
		...{ source, remote, isRead, pingEveryMs, logger: silentLogger, checkEveryMs: () => checkEveryMs },
		clock: { now: () => Date.now() },
		random: () => 0.5,
		wait: (ms, signal) => delay(ms >= 2 ** 31 - 1 ? ms : ms * pace, undefined, { signal }),
		onChanged: () => {
			for (const listener of listeners) listener();
		},
	});
	onTestFinished(() => sync.close());
	sync.start();
	return {
		sync,
		until: (wanted) =>
			new Promise((resolve) => {
				const look = () => {
					if (!wanted(sync)) return;
					listeners.delete(look);
					resolve();
				};
				listeners.add(look);
				look();
			}),
	};
}
