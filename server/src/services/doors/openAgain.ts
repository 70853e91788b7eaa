import type { Folder } from '../folder/folder.ts';
import type { DoorParts } from './doorParts.ts';

/**
 * Opens the index of a folder that could not be opened, every `everyMs` until it is open, or the user has deleted it: who
 * leads goes on leading, as others could not open it either. Ends when `signal` is aborted.
 */
export async function openAgain(
	folder: Folder,
	{ wait, reopen }: Pick<DoorParts, 'wait' | 'reopen'>,
	everyMs: number,
	signal: AbortSignal,
): Promise<void> {
	while (folder.couldNotOpen) {
		try {
			await wait(everyMs, signal);
		} catch {
			return;
		}
		// The reason stands in the folder's status.
		if (folder.couldNotOpen) await reopen(folder).catch(() => {});
	}
}
