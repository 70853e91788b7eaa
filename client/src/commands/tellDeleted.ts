import { commands, l10n, window } from 'vscode';
import { localFolders } from '../notes.ts';

/** Says what was deleted, and offers the way back where there are notes. */
export async function tellDeleted(said: string): Promise<void> {
	if (localFolders().length === 0) return void window.showInformationMessage(said);
	const rebuild = l10n.t('Rebuild Index');
	const whole = `${said} ${l10n.t('Nothing is searched here until the index is built again.')}`;
	const choice = await window.showInformationMessage(whole, rebuild);
	if (choice === rebuild) await commands.executeCommand('jarvis.rebuildIndex');
}
