import { l10n, window } from 'vscode';
import type { Session } from '../session.ts';

/** `jarvis.deleteIndex`: deletes the index from disk, after asking. */
export async function deleteIndex(session: Session): Promise<void> {
	const remove = l10n.t('Delete');
	const detail = l10n.t(
		'Your notes are not touched. To search again, all of them are read and embedded anew.',
	);
	const choice = await window.showWarningMessage(
		l10n.t('Delete the index?'),
		{ modal: true, detail },
		remove,
	);
	if (choice) await session.control('delete');
}
