import { isNoteName, pathKey } from '../../core/indexing/notePath.ts';
import type { NotePath } from '../../ports/files.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';

/** A file or folder that was made or changed, or is gone. */
export interface FileChange {
	readonly path: NotePath;
	readonly isGone: boolean;
}

/** Whether a change makes other notes count than those it names. */
export function changesRules({ path }: FileChange): boolean {
	return /(?:^|\/)\.gitignore$/.test(path);
}

/** The notes that changes speak of: of a folder that is gone, those that were in it. */
export function notesOf(changes: readonly FileChange[], index: FolderIndex): readonly NotePath[] {
	const paths: NotePath[] = [];
	const folders = new Set<string>();
	for (const { path, isGone } of changes) {
		if (isNoteName(path)) paths.push(path);
		else if (isGone) folders.add(pathKey(path));
	}
	if (folders.size === 0) return paths;
	for (const { stamp } of index.notes()) {
		if (foldersAbove(pathKey(stamp.path)).some((folder) => folders.has(folder))) paths.push(stamp.path);
	}
	return paths;
}

function foldersAbove(path: string): readonly string[] {
	const parts = path.split('/');
	return parts.slice(0, -1).map((_, depth) => parts.slice(0, depth + 1).join('/'));
}
