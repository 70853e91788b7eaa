import {
	DidChangeConfigurationNotification,
	DidChangeTextDocumentNotification,
	DidChangeWatchedFilesNotification,
	DidChangeWorkspaceFoldersNotification,
	DidCloseTextDocumentNotification,
	DidOpenTextDocumentNotification,
	FileChangeType,
	type Hover,
	HoverRequest,
} from 'vscode-languageserver';
import type { StartOptions } from '../../server/src/protocol/control.ts';
import { folderOf, type LanguageServer, uriOf } from './languageServer.ts';

/** What an editor tells and asks a server about the notes of one folder. */
export class Editor {
	readonly #server: LanguageServer;
	readonly #root: string;
	#version = 0;

	constructor(server: LanguageServer, root: string) {
		this.#server = server;
		this.#root = root;
	}

	open(path: string, text: string): Promise<void> {
		const textDocument = { uri: this.#uri(path), languageId: 'markdown', version: ++this.#version, text };
		return this.#server.tell(DidOpenTextDocumentNotification.type, { textDocument });
	}

	/** Replaces the whole text on screen. */
	change(path: string, text: string): Promise<void> {
		const textDocument = { uri: this.#uri(path), version: ++this.#version };
		return this.#server.tell(DidChangeTextDocumentNotification.type, {
			textDocument,
			contentChanges: [{ text }],
		});
	}

	close(path: string): Promise<void> {
		return this.#server.tell(DidCloseTextDocumentNotification.type, {
			textDocument: { uri: this.#uri(path) },
		});
	}

	/** Files or folders that were made, changed or removed on disk. */
	seen(what: {
		readonly made?: string[];
		readonly changed?: string[];
		readonly removed?: string[];
	}): Promise<void> {
		const { made = [], changed = [], removed = [] } = what;
		const changes = [
			...made.map((path) => ({ uri: this.#uri(path), type: FileChangeType.Created })),
			...changed.map((path) => ({ uri: this.#uri(path), type: FileChangeType.Changed })),
			...removed.map((path) => ({ uri: this.#uri(path), type: FileChangeType.Deleted })),
		];
		return this.#server.tell(DidChangeWatchedFilesNotification.type, { changes });
	}

	/** The hover where `word` begins in `text`, which is open at `path`. */
	async hoverAt(path: string, text: string, word: string): Promise<Hover | null> {
		const before = text.slice(0, text.indexOf(word)).split('\n');
		const position = { line: before.length - 1, character: before.at(-1)!.length };
		return this.#server.connection.sendRequest(HoverRequest.method, {
			textDocument: { uri: this.#uri(path) },
			position,
		});
	}

	changeFolders(added: readonly string[], removed: readonly string[]): Promise<void> {
		const event = { added: added.map(folderOf), removed: removed.map(folderOf) };
		return this.#server.tell(DidChangeWorkspaceFoldersNotification.type, { event });
	}

	changeSettings(settings: Partial<StartOptions>): Promise<void> {
		return this.#server.tell(DidChangeConfigurationNotification.type, { settings });
	}

	#uri(path: string): string {
		return uriOf(this.#root, path);
	}
}
