import { access, constants, statfs } from 'node:fs/promises';
import type { DiskSpace, IndexPlace } from '../../ports/performance.ts';
import { FileSampleLog } from './sampleLog.ts';

/** The directory of an index, which need not be there yet. */
export function indexPlace(directory: string): IndexPlace {
	return { disk: () => diskOf(directory), samples: new FileSampleLog(directory) };
}

async function diskOf(directory: string): Promise<DiskSpace | undefined> {
	try {
		const { bavail, bsize } = await statfs(directory);
		const isWritable = await access(directory, constants.W_OK).then(
			() => true,
			() => false,
		);
		return { freeBytes: bavail * bsize, isWritable };
	} catch {
		return undefined;
	}
}
