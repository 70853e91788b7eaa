import { basename } from 'node:path/posix';
import type { Connection, TextDocuments, WorkspaceFolder } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Logger, UserError } from '../ports/system.ts';
import { Told } from '../protocol/control.ts';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';
import { handOver } from './documents.ts';

/** Opens the workspace's folders that are on disk, and those that come and go later. */
export function followFolders(
	connection: Connection,
	engine: SharedEngine,
	documents: TextDocuments<TextDocument>,
	initial: readonly WorkspaceFolder[],
	logger: Logger,
): void {
	engine.onTold((message) => void connection.sendNotification(Told, message));
	const add = async ({ uri, name }: WorkspaceFolder) => {
		// The path of another scheme is none of this machine: it may name anything there, up to all of it.
		if (!uri.startsWith('file:')) return;
		try {
			const joined = engine.joinFolder({ uri, name: name || basename(uri) }, { follow: true });
			handOver(documents, engine);
			await joined;
		} catch (error) {
			logger.error(`The index of ${name} can't be opened`, error);
			const message =
				error instanceof UserError ? error.message : `The index of ${name} can't be opened: ${error}`;
			void connection.sendNotification(Told, { kind: 'error', message });
		}
	};
	// One change after the other: a folder that comes back before it is closed would find its index held.
	let changes: Promise<unknown> = Promise.all(initial.map(add));
	connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
		changes = changes.then(async () => {
			for (const { uri } of removed) await engine.removeFolder(uri);
			handOver(documents, engine);
			await Promise.all(added.map(add));
		});
	});
}
