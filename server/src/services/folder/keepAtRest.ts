import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../ports/system.ts';
import type { Indexer } from '../indexing/indexer.ts';
import type { FolderIndex } from './folderIndex.ts';

/** What can be kept of an index, so that opening it need not make it again. */
export interface Keeper {
	/** For the log: a noun. */
	readonly what: string;
	/** Keeps it, where it is not kept already. */
	keep(): Promise<void>;
}

interface RestingFolder {
	readonly index: FolderIndex;
	readonly indexer: Pick<Indexer, 'state' | 'whenIdle'>;
}

/** Has everything kept whenever the folder has been at rest for so long: begins, and ends with `signal`. */
export function keepAtRest(
	{ index, indexer }: RestingFolder,
	keepers: readonly Keeper[],
	restMs: number,
	logger: Logger,
	signal: AbortSignal,
): void {
	const failed = new Set<Keeper>();
	const run = async () => {
		for (;;) {
			await indexer.whenIdle();
			const { version } = index;
			await delay(restMs, undefined, { signal, ref: false });
			if (indexer.state !== 'ready' || index.version !== version) continue;
			for (const keeper of keepers) {
				if (failed.has(keeper)) continue;
				await keeper.keep().catch((error: unknown) => {
					signal.throwIfAborted();
					failed.add(keeper);
					logger.warn(`${keeper.what} could not be kept: ${error}`);
				});
			}
		}
	};
	// It ends by being closed, and by nothing else.
	run().catch(() => {});
}
