import { type Connection, FileChangeType } from 'vscode-languageserver';
import { isNoteName, pathKey } from '../core/indexing/notePath.ts';
import type { NotePath } from '../ports/files.ts';
import type { Engine } from '../services/engine.ts';
import type { Folder } from '../services/folder.ts';

/** Follows what the editor sees of files being made, changed, renamed and removed. */
export function followFiles(connection: Connection, engine: Engine): void {
	connection.onDidChangeWatchedFiles(({ changes }) => {
		const changed = new Map<Folder, NotePath[]>();
		for (const { uri, type } of changes) {
			const place = engine.locate(uri);
			if (place === undefined) continue;
			const { folder, path } = place;
			const paths = changed.get(folder) ?? [];
			changed.set(folder, paths);
			if (isNoteName(path)) paths.push(path);
			// A removed folder may be told alone: the notes that were in it are gone with it.
			else if (type === FileChangeType.Deleted) paths.push(...notesBelow(folder, path));
			// Which notes it leaves out is another matter now.
			if (/(?:^|\/)\.gitignore$/.test(path)) folder.indexer?.rescan();
		}
		for (const [folder, paths] of changed) folder.filesChanged(paths);
	});
}

function notesBelow(folder: Folder, path: NotePath): readonly NotePath[] {
	const prefix = `${pathKey(path)}/`;
	return [...folder.index.notes()].flatMap(({ stamp }) =>
		pathKey(stamp.path).startsWith(prefix) ? [stamp.path] : [],
	);
}
