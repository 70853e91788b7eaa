import type { FileStamp } from '../../ports/files.ts';
import type { StoredNote } from '../../ports/store.ts';

/** What has to be done so that the index says what the folder says. */
export interface Plan {
	/** New, changed and stale notes, the most recently changed first: those are the ones asked for. */
	readonly read: readonly FileStamp[];
	/** Notes whose file is gone. */
	readonly remove: readonly StoredNote[];
}

/** Compares what is stored with what the file system says; a note cut by another chunker is stale. */
export function planScan(stored: Iterable<StoredNote>, files: readonly FileStamp[], chunker: number): Plan {
	const present = new Map(files.map((file) => [file.path, file]));
	const current = new Set<string>();
	const remove: StoredNote[] = [];
	for (const note of stored) {
		const file = present.get(note.stamp.path);
		if (file === undefined) remove.push(note);
		else if (isCurrent(note, file, chunker)) current.add(file.path);
	}
	const read = files.filter((file) => !current.has(file.path)).sort((a, b) => b.mtimeMs - a.mtimeMs);
	return { read, remove };
}

function isCurrent(note: StoredNote, file: FileStamp, chunker: number): boolean {
	return note.chunker === chunker && note.stamp.size === file.size && note.stamp.mtimeMs === file.mtimeMs;
}
