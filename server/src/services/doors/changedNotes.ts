import type { NotePath } from '../../ports/files.ts';
import type { PathChange } from '../../protocol/door.ts';
import type { Folder } from '../folder.ts';

const noteName = /\.(?:md|markdown|mdx)$/i;

/** Paths of the notes that changes of files and folders are of. */
export function changedNotes(folder: Folder, changes: readonly PathChange[]): readonly NotePath[] {
	return changes.flatMap(({ path, isGone }) => {
		if (noteName.test(path)) return [path];
		return isGone ? notesBelow(folder, path) : [];
	});
}

/** Of a removed folder the editor may tell only the folder: the notes that were in it are gone with it. */
function notesBelow(folder: Folder, path: NotePath): readonly NotePath[] {
	const prefix = `${path}/`;
	return [...folder.index.notes()].flatMap(({ stamp }) =>
		stamp.path.startsWith(prefix) ? [stamp.path] : [],
	);
}
