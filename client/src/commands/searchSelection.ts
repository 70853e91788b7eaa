import { commands, window } from 'vscode';

// More text says nothing more of what is meant, and the input shows one line.
const MAX_CHARS = 300;

/** `jarvis.searchSelection`: opens the live search with what is selected, or the last query where nothing is. */
export async function searchSelection(): Promise<void> {
	const editor = window.activeTextEditor;
	const selected = editor?.document.getText(editor.selection).replace(/\s+/g, ' ').trim().slice(0, MAX_CHARS);
	await commands.executeCommand('jarvis.search', selected || undefined);
}
