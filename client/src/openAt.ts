import { Range, type TextDocumentShowOptions, type TextEditor, type Uri, window } from 'vscode';

/** Opens a note with the cursor at the start of a line (1-based). */
export function openAt(uri: Uri, line: number, options: TextDocumentShowOptions = {}): Thenable<TextEditor> {
	const start = Math.max(line - 1, 0);
	return window.showTextDocument(uri, { ...options, selection: new Range(start, 0, start, 0) });
}
