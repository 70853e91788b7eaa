import { type Connection, FileChangeType } from 'vscode-languageserver';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';

/** Follows what the editor sees of files being made, changed, renamed and removed. */
export function followFiles(connection: Connection, engine: SharedEngine): void {
	connection.onDidChangeWatchedFiles(({ changes }) =>
		engine.editor.filesChanged(
			changes.map(({ uri, type }) => ({ uri, isGone: type === FileChangeType.Deleted })),
		),
	);
}
