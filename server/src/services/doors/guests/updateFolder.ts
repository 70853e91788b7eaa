import { isNoteName } from '../../../core/indexing/notePath.ts';
import { UserError } from '../../../ports/system.ts';
import type { PathChange, UpdateResult } from '../../../protocol/door.ts';
import type { Folder } from '../../folder/folder.ts';
import { countsSince, noCounts } from '../../indexing/indexerCounts.ts';

const lookMs = 100;
/** Of more notes than this, one scan of the folder costs less than to look at each. */
const mostSingle = 100;

/**
 * Compares the folder with its index, or only the notes that `changes` name; returns what was done once there is nothing
 * left to do, or nothing that can be done.
 */
export async function updateFolder(
	folder: Folder,
	signal: AbortSignal,
	changes?: readonly PathChange[],
): Promise<UpdateResult> {
	signal.throwIfAborted();
	const { indexer } = folder;
	if (indexer === undefined) throw new UserError(folder.reasonOff());
	const before = indexer.counts;
	if (!folder.isFollowed) folder.follow();
	else if (changes !== undefined && areSingleNotes(changes))
		indexer.noteChanged(changes.map(({ path }) => path));
	else indexer.rescan();
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

/** What is no note may say of others whether they count. */
function areSingleNotes(changes: readonly PathChange[]): boolean {
	return changes.length <= mostSingle && changes.every(({ path }) => isNoteName(path));
}

const paused =
	'Indexing is paused, off by jarvis.indexing.enabled or by jarvis.duckdb.accessMode, or waits for the mains (jarvis.indexing.onBattery). Let it go on where this index is open, then try again.';
