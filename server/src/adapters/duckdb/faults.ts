import { UserError } from '../../ports/system.ts';

/** Whether an index file is damaged, by what DuckDB says on opening it (texts of 1.5, measured by damaging files). */
export function isDamage(error: unknown): boolean {
	return /Could not read enough bytes|not a valid DuckDB database|Corrupt|Failure while replaying WAL/i.test(
		String(error),
	);
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
	if (/Permission denied|read-only|EACCES|EROFS|ENOTDIR/i.test(text)) {
		return new UserError(
			`The index ${file} can't be written. Make its folder writable, or set jarvis.index.directory to another one.`,
		);
	}
	if (/No space left|ENOSPC/i.test(text)) {
		return new UserError(
			`There is no space left for the index ${file}. Free some, or set jarvis.index.directory.`,
		);
	}
	return error;
}
