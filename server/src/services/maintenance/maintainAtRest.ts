import { setTimeout as delay } from 'node:timers/promises';
import { keptOrphans } from '../folder/blockCheck.ts';
import type { Folder } from '../folder/folder.ts';
import type { Indexer } from '../indexing/indexer.ts';
import { maintainFolder } from './maintainFolder.ts';

const dayMs = 24 * 3_600_000;
/** Less waste than this, in share and in size, is not worth writing everything anew. */
const leastShare = 0.25;
const leastBytes = 16 * 1_048_576;

/** Tends a folder's index by itself while it is open, as often as the settings say: begins, and ends with `signal`. */
export function maintainAtRest(folder: Folder, indexer: Indexer, signal: AbortSignal): void {
	const { blockCheck, logger } = folder.parts;
	const pause = (ms: number) => delay(ms, undefined, { signal, ref: false });
	const run = async () => {
		for (;;) {
			await indexer.whenIdle();
			// The setting may change, and the machine sleep: looked at again and again.
			await pause(blockCheck.restMs);
			try {
				if (indexer.state === 'ready' && (await isDue(folder))) await maintainIfWorth(folder, signal);
			} catch (error) {
				signal.throwIfAborted();
				logger.warn(`The index of ${folder.id.name} could not be optimized: ${error}`);
				await pause(dayMs);
			}
		}
	};
	// It ends by being closed, and by nothing else.
	run().catch(() => {});
}

/** Whether the last time was long enough ago; an index that never was tended counts from now on. */
export async function isDue({ parts }: Folder): Promise<boolean> {
	const everyMs = parts.settings()['maintenance.everyDays'] * dayMs;
	if (everyMs === 0) return false;
	const nowMs = parts.clock.now();
	const last = (await parts.upkeep.read()) as { readonly maintainedAtMs?: unknown } | undefined;
	const atMs = last?.maintainedAtMs;
	if (typeof atMs === 'number' && atMs <= nowMs) return nowMs - atMs >= everyMs;
	await parts.upkeep.write({ maintainedAtMs: nowMs });
	return false;
}

/** Tends the index where that gives back enough; notes the time in any case. Returns whether it did. */
export async function maintainIfWorth(folder: Folder, signal: AbortSignal): Promise<boolean> {
	const { storeFile, parts } = folder;
	if (storeFile === undefined) return false;
	const { bytes, wasted } = await storeFile.usage();
	if (wasted >= leastShare && wasted * bytes >= leastBytes) {
		await maintainFolder(folder, signal, keptOrphans);
		return true;
	}
	await parts.upkeep.write({ maintainedAtMs: parts.clock.now() });
	return false;
}
