import { l10n, window } from 'vscode';
import type { Session } from '../session.ts';
import { isFileShown, showFile, showFileLabel } from '../showFile.ts';
import { pickFolder } from './pickFolder.ts';

/** `jarvis.showIndexLocation`: shows the index's file in the system's file manager; where there is neither, says its place. */
export async function showIndexLocation(session: Session): Promise<void> {
	const folder = await pickFolder(session, l10n.t('Which folder’s index is to be shown?'));
	if (folder === undefined) return;
	const { index, indexFile } = folder;
	const isThere = index.state !== 'off';
	if (isThere && isFileShown()) return showFile(indexFile);
	const said = isThere
		? l10n.t('The index is in {0}', indexFile)
		: l10n.t('There is no index now. Its place is {0}', indexFile);
	const show = showFileLabel();
	if ((await window.showInformationMessage(said, ...(isThere ? [show] : []))) === show)
		await showFile(indexFile);
}
