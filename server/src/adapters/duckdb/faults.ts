import { dirname } from 'node:path';
import { StoreFault } from '../../ports/store.ts';
import { UserError } from '../../ports/system.ts';

/**
 * What DuckDB says when something is wrong with a file: texts of 1.5, found by damaging files, filling disks and
 * taking directories away.
 */
const damage = /Could not read enough bytes|not a valid DuckDB database|Corrupt|Failure while replaying WAL/i;
const damagedLog = /Failure while replaying WAL/i;
const lost =
	/has been invalidated|Cannot open file .*No such file|Could not (?:read|write) .*(?:Input\/output|Stale)/is;
const full = /No space left|ENOSPC|Disk quota exceeded|EDQUOT|File too large/i;
const unwritable = /Permission denied|read-only|EACCES|EROFS|ENOTDIR/i;
const locked = /Could not set lock on file|being used by another process|Unique file handle conflict/i;

/** What DuckDB says, but for the file's name, which holds the folder's: someone's notes may well be of corruption. */
function saidOf(error: unknown, file: string): string {
	return String(error).replaceAll(file, '').replaceAll(dirname(file), '');
}

/** Whether an index file is damaged, by what DuckDB says. One that another process has is in use, and whole. */
export function isDamage(error: unknown, file: string): boolean {
	const said = saidOf(error, file);
	return damage.test(said) && !locked.test(said);
}

/** Whether it is only the log of the latest changes. */
export function isDamagedLog(error: unknown, file: string): boolean {
	return isDamage(error, file) && damagedLog.test(saidOf(error, file));
}

/** Whether a detaching that failed has detached the file. */
export function isDetachedAllTheSame(error: unknown): boolean {
	return /Detached database .* but CHECKPOINT during DETACH failed/i.test(String(error));
}

/** What the user can do about a failed opening; anything not recognised comes back as it was. */
export function explainOpening(error: unknown, file: string): unknown {
	if (locked.test(saidOf(error, file))) {
		const holder = /Conflicting lock is held in (.*?)\. See/s.exec(String(error))?.[1];
		const by = holder === undefined ? 'another process' : holder;
		return new UserError(
			`The index of this folder is open in ${by}, most likely VS Code, and an index has one writer. Close it there, or give this command a place of its own with --index-dir.`,
		);
	}
	return explainWriting(error, file);
}

/** What a failed read or write of an open index means; anything not recognised comes back as it was. */
export function explainFault(error: unknown, file: string): unknown {
	// Explained already: it may be of another file.
	if (error instanceof UserError) return error;
	if (isDamage(error, file)) return new StoreFault('damaged', error);
	// A full disk may be what invalidated it: it has to be opened anew either way.
	if (lost.test(saidOf(error, file))) return new StoreFault('lost', explainWriting(error, file));
	return explainWriting(error, file);
}

function explainWriting(error: unknown, file: string): unknown {
	const said = saidOf(error, file);
	if (full.test(said)) {
		return new UserError(
			`There is no space left for the index ${file}. Free some, or set jarvis.index.directory.`,
		);
	}
	if (unwritable.test(said)) {
		return new UserError(
			`The index ${file} can't be written. Make its folder writable, or set jarvis.index.directory to another one.`,
		);
	}
	return error;
}
