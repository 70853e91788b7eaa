import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../ports/system.ts';
import type { Indexer } from '../indexing/indexer.ts';
import type { FolderIndex } from './folderIndex.ts';

/** What can be kept of an index, so that opening it need not make it again. */
export interface Keeper {
	/** For the log: a noun. */
	readonly what: string;
	/** Keeps it, where it is not kept already; stops soon once `signal` is aborted. */
	keep(signal: AbortSignal): Promise<void>;
}

interface RestingFolder {
	readonly index: FolderIndex;
	readonly indexer: Pick<Indexer, 'state' | 'whenIdle'>;
}

/**
 * Has everything kept whenever the folder has been at rest for so long: begins, and ends with `signal`. What is returned
 * resolves once nothing is being kept: files are not to be removed before.
 */
export function keepAtRest(
	{ index, indexer }: RestingFolder,
	keepers: readonly Keeper[],
	restMs: number,
	logger: Logger,
	signal: AbortSignal,
): () => Promise<void> {
	let keeping: Promise<void> = Promise.resolve();
	const failed = new Set<Keeper>();
	const run = async () => {
		for (;;) {
			await indexer.whenIdle();
			const { version } = index;
			await delay(restMs, undefined, { signal, ref: false });
			if (indexer.state !== 'ready' || index.version !== version) continue;
			for (const keeper of keepers) {
				if (failed.has(keeper)) continue;
				signal.throwIfAborted();
				keeping = keeper.keep(signal).catch((error: unknown) => {
					if (signal.aborted) return;
					failed.add(keeper);
					logger.warn(`${keeper.what} could not be kept: ${error}`);
				});
				await keeping;
			}
		}
	};
	// It ends by being closed, and by nothing else.
	run().catch(() => {});
	return () => keeping;
}
