import { l10n, Uri, window } from 'vscode';
import { formatBytes, formatCount } from '../formats.ts';
import type { Session } from '../session.ts';
import { showFile, showFileLabel } from '../showFile.ts';
import { pickFolder } from './pickFolder.ts';
import { withProgress } from './withProgress.ts';

/** What backups are called at the end. */
export const backupExtension = 'jarvis-backup';

/** `jarvis.backupIndex`: copies a folder's index into a file that the user names. */
export async function backupIndex(session: Session, locale: string, given?: Uri): Promise<void> {
	const folder = await pickFolder(session, l10n.t('Which folder’s index is to be backed up?'));
	if (folder === undefined) return;
	const day = new Date().toISOString().slice(0, 10);
	const target =
		given ??
		(await window.showSaveDialog({
			defaultUri: Uri.joinPath(Uri.parse(folder.uri), '..', `${folder.name}-${day}.${backupExtension}`),
			filters: { [l10n.t('Backup of an index')]: [backupExtension] },
			title: l10n.t('Back Up Index'),
		}));
	if (target === undefined) return;
	const done = await withProgress(l10n.t('Backing up the index'), (token) =>
		session.backUp({ uri: folder.uri, file: target.fsPath }, token),
	);
	if (done === undefined) return;
	const { notes, bytes } = done;
	const said = l10n.t(
		'The index of {0} notes is in {1} ({2}), read back and checked. It holds the texts of your notes.',
		formatCount(notes, locale),
		target.fsPath,
		formatBytes(bytes, locale),
	);
	// With a button VS Code shows all of it, and without one the first line.
	const show = showFileLabel();
	if ((await window.showInformationMessage(said, show)) === show) await showFile(target.fsPath);
}
