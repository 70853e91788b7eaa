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

/** Whether an index file is damaged, by what DuckDB says. */
export function isDamage(error: unknown): boolean {
	return damage.test(String(error));
}

/** Whether it is only the log of the latest changes. */
export function isDamagedLog(error: unknown): boolean {
	return damagedLog.test(String(error));
}

/** Whether a detaching that failed has detached the file. */
export function isDetachedAllTheSame(error: unknown): boolean {
	return /Detached database .* but CHECKPOINT during DETACH failed/i.test(String(error));
}

/** What the user can do about a failed opening; anything not recognised comes back as it was. */
export function explainOpening(error: unknown, file: string): unknown {
	const text = String(error);
	if (/Could not set lock on file|being used by another process|Unique file handle conflict/i.test(text)) {
		const holder = /Conflicting lock is held in (.*?)\. See/s.exec(text)?.[1];
		const by = holder === undefined ? 'another process' : holder;
		return new UserError(
			`The index of this folder is open in ${by}, most likely VS Code, and an index has one writer. Close it there, or give this command a place of its own with --index-dir.`,
		);
	}
	return explainWriting(error, file);
}

/** What a failed read or write of an open index means; anything not recognised comes back as it was. */
export function explainFault(error: unknown, file: string): unknown {
	if (isDamage(error)) return new StoreFault('damaged', error);
	// A full disk may be what invalidated it: it has to be opened anew either way.
	if (lost.test(String(error))) return new StoreFault('lost', explainWriting(error, file));
	return explainWriting(error, file);
}

function explainWriting(error: unknown, file: string): unknown {
	const text = String(error);
	if (full.test(text)) {
		return new UserError(
			`There is no space left for the index ${file}. Free some, or set jarvis.index.directory.`,
		);
	}
	if (unwritable.test(text)) {
		return new UserError(
			`The index ${file} can't be written. Make its folder writable, or set jarvis.index.directory to another one.`,
		);
	}
	return error;
}
