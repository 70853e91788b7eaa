import type { NotePath } from '../../ports/files.ts';

/** Whether a file of this name is a note. */
export function isNoteName(path: string): boolean {
	return /\.(?:md|markdown|mdx)$/i.test(path);
}

/** Never hold notes of the user's; walking them costs more than all the rest. */
const skippedFolders = new Set(['.git', 'node_modules', '.obsidian', '.trash', '.vscode', '.hg', '.svn']);

/** Whether folders of this name are passed over, whatever the settings. */
export function isSkippedFolder(name: string): boolean {
	return skippedFolders.has(name);
}

/**
 * What notes are told apart by: an `é` is one letter, whether a file system spells it as one character or as two (NFC
 * and NFD).
 */
export function pathKey(path: NotePath): string {
	return isAscii(path) ? path : path.normalize('NFC');
}

/** Whether there is but one way to spell it. */
export function isAscii(path: string): boolean {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: file names may hold them, and they are ASCII.
	return /^[\x00-\x7f]*$/.test(path);
}
