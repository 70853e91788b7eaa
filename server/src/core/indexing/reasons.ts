/** Larger files are not notes a person wrote, and would hold up all the others. */
export const largestNoteBytes: number = 5 * 1024 * 1024;

/** Why notes are not in the index, in words, as they are stored; and what they tell. */
export const reasons = {
	tooLarge: (bytes: number): string => `larger than 5 MB (${(bytes / 1048576).toFixed(1)} MB)`,
	notText: 'not UTF-8 text',
	/** `code` is the system's, such as EACCES. */
	unreadable: (code: string): string => `can't be read (${code})`,
	unparsable: (message: string): string => `can't be parsed (${message})`,
	tooSlow: 'takes too long to parse',
	killedParser: (message: string): string => `stopped the parser (${message})`,
};

/** Whether a note failed, where others are skipped for what they are. */
export function isFailure(reason: string): boolean {
	return reason !== reasons.notText && !reason.startsWith('larger than ');
}

/** Whether the next look may do better, though the file has not changed: rights and drives come back. */
export function isWorthRetrying(reason: string): boolean {
	return reason.startsWith("can't be read ");
}

/** What a user can do about it. */
export function remedyFor(reason: string): string {
	if (reason === reasons.notText) return 'Save it as UTF-8 (“Change File Encoding” in the status bar).';
	if (reason.startsWith('larger than ')) return 'Split it into notes of at most 5 MB.';
	if (isWorthRetrying(reason)) return 'Check the rights of the file; it is tried again with every scan.';
	return 'Simplify what is unusual in it, such as very deep nesting; it is tried again when it is saved.';
}
