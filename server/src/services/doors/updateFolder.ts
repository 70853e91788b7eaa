import { UserError } from '../../ports/system.ts';
import type { UpdateResult } from '../../protocol/door.ts';
import type { Folder } from '../folder.ts';
import { countsSince, noCounts } from '../indexing/indexerCounts.ts';

const lookMs = 100;

/** Compares the folder with its index; returns what was done once there is nothing left to do, or nothing that can be done. */
export async function updateFolder(folder: Folder, signal: AbortSignal): Promise<UpdateResult> {
	signal.throwIfAborted();
	const { indexer } = folder;
	if (indexer === undefined) throw new UserError(folder.reasonOff());
	const before = indexer.counts;
	if (folder.isFollowed) indexer.rescan();
	else folder.follow();
	let stopWaiting = () => {};
	const stopped = new Promise<never>((_, reject) => {
		const onAbort = () => reject(signal.reason);
		signal.addEventListener('abort', onAbort, { once: true });
		const timer = setInterval(() => {
			// One that stands still for a fault tells by itself that it does.
			if (folder.indexer?.state === 'paused' && folder.indexer.fault === undefined)
				reject(new UserError(paused));
		}, lookMs);
		stopWaiting = () => {
			signal.removeEventListener('abort', onAbort);
			clearInterval(timer);
		};
	});
	try {
		const settled = folder.whenIdle().then(() => folder.neighbours?.settle());
		await Promise.race([settled, stopped]);
	} finally {
		stopWaiting();
	}
	const { indexer: now } = folder;
	// An index that was opened anew meanwhile counts from nothing.
	return now === undefined ? noCounts : countsSince(now.counts, now === indexer ? before : noCounts);
}

const paused =
	'Indexing is paused, off by jarvis.indexing.enabled, or waits for the mains (jarvis.indexing.onBattery). Let it go on where this index is open, then try again.';
