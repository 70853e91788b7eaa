import { commands, l10n, window } from 'vscode';
import { localFolders } from '../notes.ts';

/** A command on notes: without a folder it offers to open one, in place of an answer about none. */
export function withFolder<Args extends readonly unknown[]>(
	run: (...args: Args) => unknown,
): (...args: Args) => unknown {
	return (...args) => (localFolders().length === 0 ? offerFolder() : run(...args));
}

async function offerFolder(): Promise<void> {
	const openFolder = l10n.t('Open Folder');
	const said = l10n.t('Jarvis works on the notes of a folder, and none is open here.');
	const choice = await window.showInformationMessage(said, openFolder);
	if (choice) await commands.executeCommand('vscode.openFolder');
}
