import { l10n, window } from 'vscode';
import type { Session } from '../session.ts';
import { showFile, showFileLabel } from '../showFile.ts';
import { pickFolder } from './pickFolder.ts';

/** `jarvis.showIndexLocation`: says where the index is, and shows its file in the system's file manager. */
export async function showIndexLocation(session: Session): Promise<void> {
	const folder = await pickFolder(session, l10n.t('Which folder’s index is to be shown?'));
	if (folder === undefined) return;
	const { indexFile } = folder;
	const show = showFileLabel();
	const choice = await window.showInformationMessage(l10n.t('The index is in {0}', indexFile), show);
	if (choice === show) await showFile(indexFile);
}
