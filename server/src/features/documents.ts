import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';

/** Typing is left to settle this long before the text on screen is indexed. */
const settleMs = 300;

/** Open documents, kept in step with the editor; what is on screen is what is searched. */
export function followDocuments(connection: Connection, engine: SharedEngine): TextDocuments<TextDocument> {
	const documents = new TextDocuments(TextDocument);
	const settling = new Map<string, NodeJS.Timeout>();
	const hand = (uri: string, text: string | undefined) => {
		clearTimeout(settling.get(uri));
		settling.delete(uri);
		engine.editor.setBuffer(uri, text);
	};

	documents.onDidChangeContent(({ document }) => {
		clearTimeout(settling.get(document.uri));
		engine.editor.noteTyping(document.uri);
		settling.set(
			document.uri,
			setTimeout(() => hand(document.uri, document.getText()), settleMs),
		);
	});
	documents.onDidClose(({ document }) => hand(document.uri, undefined));
	documents.listen(connection);
	return documents;
}

/** Gives every open document to the folder it lies in now: folders come and go while documents stay open. */
export function handOver(documents: TextDocuments<TextDocument>, engine: SharedEngine): void {
	for (const document of documents.all()) engine.editor.setBuffer(document.uri, document.getText());
}
