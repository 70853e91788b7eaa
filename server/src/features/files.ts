import { type Connection, FileChangeType } from 'vscode-languageserver';
import type { Engine } from '../services/engine.ts';

/** Follows what the editor sees of files being made, changed, renamed and removed. */
export function followFiles(connection: Connection, engine: Engine): void {
	connection.onDidChangeWatchedFiles(({ changes }) =>
		engine.filesChanged(changes.map(({ uri, type }) => ({ uri, isGone: type === FileChangeType.Deleted }))),
	);
}
