import { l10n, window } from 'vscode';
import type { Session } from '../session.ts';

const SHOWN_MS = 5000;

/** `jarvis.rescan`: looks through the folders for what changed without being told. */
export async function rescan(session: Session): Promise<void> {
	await session.control('rescan');
	// Where nothing changed, nothing else is seen.
	window.setStatusBarMessage(l10n.t('Jarvis: looking through the folders for changes'), SHOWN_MS);
}
