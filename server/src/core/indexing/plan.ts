import type { FileStamp } from '../../ports/files.ts';
import type { StoredNote } from '../../ports/store.ts';
import type { Language } from '../ranking/languages.ts';

/** What has to be done so that the index says what the folder says. */
export interface Plan {
	/** New, changed and stale notes, the most recently changed first: those are the ones asked for. */
	readonly read: readonly FileStamp[];
	/** Notes whose file is gone. */
	readonly remove: readonly StoredNote[];
}

/** What notes are read by now. */
export interface ReadingRules {
	/** Version of the chunker. */
	readonly chunker: number;
	/** Language of the index terms, or that it is found out for each note. */
	readonly language: Language | 'auto';
}

/** Compares what is stored with what the file system says; a note read by other rules is stale. */
export function planScan(
	stored: Iterable<StoredNote>,
	files: readonly FileStamp[],
	rules: ReadingRules,
): Plan {
	const present = new Map(files.map((file) => [file.path, file]));
	const current = new Set<string>();
	const remove: StoredNote[] = [];
	for (const note of stored) {
		const file = present.get(note.stamp.path);
		if (file === undefined) remove.push(note);
		else if (isCurrent(note, file, rules)) current.add(file.path);
	}
	const read = files.filter((file) => !current.has(file.path)).sort((a, b) => b.mtimeMs - a.mtimeMs);
	return { read, remove };
}

/** Whether a note has to be read again though it has not changed. */
export function isStale(note: StoredNote, { chunker, language }: ReadingRules): boolean {
	if (note.chunker !== chunker) return true;
	if (note.skipped !== undefined) return false;
	return language === 'auto' ? note.isLanguageSet === true : (note.language ?? 'en') !== language;
}

function isCurrent(note: StoredNote, file: FileStamp, rules: ReadingRules): boolean {
	return !isStale(note, rules) && note.stamp.size === file.size && note.stamp.mtimeMs === file.mtimeMs;
}
