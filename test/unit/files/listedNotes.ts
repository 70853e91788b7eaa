import { expect } from 'vitest';
import { DiskNotes } from '../../../server/src/adapters/files/diskNotes.ts';
import type { FolderListing } from '../../../server/src/ports/files.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const { signal } = new AbortController();

/** `list` finds `expected`, and `stat` says the same of every file. */
export async function check(
	files: Record<string, string>,
	exclude: string[],
	expected: string[],
): Promise<void> {
	const notes = new DiskNotes(tempFolder(files), () => [{ setting: 'files.exclude', globs: exclude }]);
	expect(pathsOf(await notes.list(signal))).toEqual(expected);
	const present: string[] = [];
	for (const path of Object.keys(files)) if ((await notes.stat(path)) !== undefined) present.push(path);
	expect(present.sort()).toEqual(expected);
}

/** Of its notes, in order. */
export function pathsOf({ files }: FolderListing): string[] {
	return files.map(({ path }) => path).sort();
}
