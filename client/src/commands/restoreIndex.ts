import { l10n, Uri, window } from 'vscode';
import { formatCount } from '../formats.ts';
import type { Session } from '../session.ts';
import { backupExtension } from './backupIndex.ts';
import { pickFolder } from './pickFolder.ts';
import { withProgress } from './withProgress.ts';

/** `jarvis.restoreIndex`: puts a backup in the place of a folder's index; notes changed since are read again. */
export async function restoreIndex(session: Session, locale: string, given?: Uri): Promise<void> {
	const folder = await pickFolder(session, l10n.t('Which folder’s index is to be restored?'));
	if (folder === undefined) return;
	const source =
		given ??
		(
			await window.showOpenDialog({
				// Where a backup is put unless the user says otherwise.
				defaultUri: Uri.joinPath(Uri.parse(folder.uri), '..'),
				filters: { [l10n.t('Backup of an index')]: [backupExtension] },
				title: l10n.t('Restore Index'),
				openLabel: l10n.t('Restore'),
			})
		)?.[0];
	if (source === undefined) return;
	const done = await withProgress(l10n.t('Restoring the index'), (token) =>
		session.restore({ uri: folder.uri, file: source.fsPath }, token),
	);
	if (done === undefined) return;
	const { notes, madeAt, model, otherModel } = done;
	const said = l10n.t(
		'Restored: {0} notes as of {1}. What has changed since is read again.',
		formatCount(notes, locale),
		`${madeAt.slice(0, 16).replace('T', ' ')} UTC`,
	);
	const models =
		otherModel === undefined
			? ''
			: l10n.t('It is of the model {0}; this folder is read by {1}, which reads it anew.', model, otherModel);
	void window.showInformationMessage(`${said} ${models}`.trim());
}
