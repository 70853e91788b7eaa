import type { ControlParams } from '../../protocol/control.ts';
import type { Folder } from './folder.ts';

/** Does to one folder what was asked of all; `open` opens one that is closed, and follows it. */
export async function controlFolder(
	folder: Folder,
	action: Exclude<ControlParams['action'], 'freeMemory' | 'clearCaches'>,
	open: () => Promise<void>,
): Promise<void> {
	switch (action) {
		case 'pause':
			return folder.indexer?.pause();
		case 'resume':
			return folder.indexer?.resume();
		case 'cancel':
			return folder.indexer?.cancel();
		case 'rescan':
			return folder.indexer?.rescan();
		case 'rebuild':
			return folder.indexer === undefined ? open() : folder.indexer.rebuild();
		case 'delete':
			return folder.delete();
	}
}
