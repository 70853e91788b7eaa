import type { FileStamp, FolderListing, NotePath } from '../../ports/files.ts';
import type { StoredNote } from '../../ports/store.ts';
import type { Language } from '../ranking/languages.ts';
import { pathKey } from './notePath.ts';
import { isWorthRetrying } from './reasons.ts';
import { sortInTurns } from './sortInTurns.ts';

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

/** Notes looked at between two turns: some milliseconds. */
const notesPerTurn = 2000;

/**
 * Compares what is stored with what the file system says. A note read by other rules is stale, as is one that could
 * not be read: that may have passed. What lies in a folder that can't be read now stays as it is. `turn` is waited for
 * now and then, so that 100,000 notes hold nobody up.
 */
export async function planScan(
	stored: Iterable<StoredNote>,
	{ files, unreadable }: Pick<FolderListing, 'files' | 'unreadable'>,
	rules: ReadingRules,
	turn: () => Promise<unknown>,
): Promise<Plan> {
	const stale = new Map<string, FileStamp>();
	let seen = 0;
	for (const file of files) {
		stale.set(pathKey(file.path), file);
		if (++seen % notesPerTurn === 0) await turn();
	}
	const remove: StoredNote[] = [];
	for (const note of stored) {
		const key = pathKey(note.stamp.path);
		const file = stale.get(key);
		if (file === undefined) {
			if (!unreadable.some((folder) => liesIn(note.stamp.path, folder))) remove.push(note);
		} else if (isCurrent(note, file, rules)) stale.delete(key);
		if (++seen % notesPerTurn === 0) await turn();
	}
	const read = await sortInTurns([...stale.values()], (a, b) => b.mtimeMs - a.mtimeMs, notesPerTurn, turn);
	return { read, remove };
}

/** Whether a note has to be read again though it has not changed. */
export function isStale(note: StoredNote, { chunker, language }: ReadingRules): boolean {
	if (note.chunker !== chunker) return true;
	if (note.skipped !== undefined) return false;
	return language === 'auto' ? note.isLanguageSet === true : (note.language ?? 'en') !== language;
}

function isCurrent(note: StoredNote, file: FileStamp, rules: ReadingRules): boolean {
	const { stamp, skipped } = note;
	const isSame = stamp.path === file.path && stamp.size === file.size && stamp.mtimeMs === file.mtimeMs;
	return isSame && !isStale(note, rules) && (skipped === undefined || !isWorthRetrying(skipped));
}

function liesIn(path: NotePath, folder: NotePath): boolean {
	return folder === '' || path.startsWith(`${folder}/`);
}
