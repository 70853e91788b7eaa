import type { FileStamp, FolderListing, NotePath } from '../../ports/files.ts';
import type { StoredNote } from '../../ports/store.ts';
import { pathKey } from './notePath.ts';
import { isWorthRetrying } from './reasons.ts';

/** What has to be done so that the index says what the folder says. */
export interface Plan {
	/** New, changed and stale notes, the most recently changed first: those are the ones asked for. */
	readonly read: readonly FileStamp[];
	/** Notes whose file is gone. */
	readonly remove: readonly StoredNote[];
}

/**
 * Compares what is stored with what the file system says. A note cut by another chunker is stale, as is one that could
 * not be read: that may have passed. What lies in a folder that can't be read now stays as it is.
 */
export function planScan(
	stored: Iterable<StoredNote>,
	{ files, unreadable }: Pick<FolderListing, 'files' | 'unreadable'>,
	chunker: number,
): Plan {
	const present = new Map(files.map((file) => [pathKey(file.path), file]));
	const current = new Set<string>();
	const remove: StoredNote[] = [];
	for (const note of stored) {
		const file = present.get(pathKey(note.stamp.path));
		if (file !== undefined) {
			if (isCurrent(note, file, chunker)) current.add(file.path);
		} else if (!unreadable.some((folder) => liesIn(note.stamp.path, folder))) remove.push(note);
	}
	const read = files.filter((file) => !current.has(file.path)).sort((a, b) => b.mtimeMs - a.mtimeMs);
	return { read, remove };
}

function isCurrent(
	{ stamp, chunker: cutBy, skipped }: StoredNote,
	file: FileStamp,
	chunker: number,
): boolean {
	const isSame = stamp.path === file.path && stamp.size === file.size && stamp.mtimeMs === file.mtimeMs;
	return isSame && cutBy === chunker && (skipped === undefined || !isWorthRetrying(skipped));
}

function liesIn(path: NotePath, folder: NotePath): boolean {
	return folder === '' || path.startsWith(`${folder}/`);
}
