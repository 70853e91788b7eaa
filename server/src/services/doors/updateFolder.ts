import { UserError } from '../../ports/system.ts';
import type { UpdateResult } from '../../protocol/door.ts';
import type { Folder } from '../folder.ts';

const lookMs = 100;

/** Compares the folder with its index; returns what was done once there is nothing left to do, or nothing that can be done. */
export async function updateFolder(folder: Folder, signal: AbortSignal): Promise<UpdateResult> {
	signal.throwIfAborted();
	const { indexer } = folder;
	if (indexer === undefined) throw new UserError(await folder.reasonOff());
	const before = indexer.counts;
	if (folder.isFollowed) indexer.rescan();
	else folder.follow();
	let stopWaiting = () => {};
	const stopped = new Promise<never>((_, reject) => {
		const onAbort = () => reject(signal.reason);
		signal.addEventListener('abort', onAbort, { once: true });
		const timer = setInterval(() => {
			if (indexer.state === 'paused') reject(new UserError(paused));
			else if (folder.indexer !== indexer) reject(new UserError('The index was closed meanwhile.'));
		}, lookMs);
		stopWaiting = () => {
			signal.removeEventListener('abort', onAbort);
			clearInterval(timer);
		};
	});
	try {
		await Promise.race([indexer.whenIdle(), stopped]);
	} finally {
		stopWaiting();
	}
	const { counts } = indexer;
	return {
		read: counts.read - before.read,
		removed: counts.removed - before.removed,
		embedded: counts.embedded - before.embedded,
		reused: counts.reused - before.reused,
	};
}

const paused =
	'Indexing is paused, or off by jarvis.indexing.enabled. Resume it where this index is open, then try again.';
