import { commands, env, l10n, Uri, window } from 'vscode';
import type { Session } from '../session.ts';
import { pickFolder } from './pickFolder.ts';

/** `jarvis.showIndexLocation`: shows the index's file in the system's file manager; where there is none, copies its path. */
export async function showIndexLocation(session: Session): Promise<void> {
	const folder = await pickFolder(session, l10n.t('Which folder’s index is to be shown?'));
	if (folder === undefined) return;
	const { indexFile } = folder;
	try {
		// The file manager of a remote machine is nobody's.
		if (env.remoteName !== undefined) throw new Error('remote');
		await commands.executeCommand('revealFileInOS', Uri.file(indexFile));
	} catch {
		await env.clipboard.writeText(indexFile);
		void window.showInformationMessage(l10n.t('The path of the index was copied: {0}', indexFile));
	}
}
