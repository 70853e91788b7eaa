import { type Connection, FileChangeType } from 'vscode-languageserver';
import type { NotePath } from '../ports/files.ts';
import type { Engine } from '../services/engine.ts';
import type { Folder } from '../services/folder.ts';

const noteName = /\.(?:md|markdown|mdx)$/i;

/** Follows what the editor sees of files being made, changed, renamed and removed. */
export function followFiles(connection: Connection, engine: Engine): void {
	connection.onDidChangeWatchedFiles(({ changes }) => {
		const changed = new Map<Folder, NotePath[]>();
		for (const { uri, type } of changes) {
			const place = engine.locate(uri);
			if (place === undefined) continue;
			const paths = noteName.test(place.path) ? [place.path] : notesBelow(place.folder, place.path, type);
			changed.set(place.folder, [...(changed.get(place.folder) ?? []), ...paths]);
		}
		for (const [folder, paths] of changed) folder.indexer?.noteChanged(paths);
	});
}

/** Of a removed folder the editor may tell only the folder: the notes that were in it are gone with it. */
function notesBelow(folder: Folder, path: NotePath, type: FileChangeType): readonly NotePath[] {
	if (type !== FileChangeType.Deleted) return [];
	const prefix = `${path}/`;
	return [...folder.index.notes()].flatMap(({ stamp }) =>
		stamp.path.startsWith(prefix) ? [stamp.path] : [],
	);
}
