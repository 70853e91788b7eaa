import { l10n, type Uri } from 'vscode';
import type { Session } from '../session.ts';
import { askForFile, askForSeconds, tellOfCapture, withCaptureProgress } from './saveCapture.ts';

/** `jarvis.recordTrace`: records what each stage of searching and indexing takes, as a trace of Chrome's kind. */
export async function recordTrace(session: Session, folder: Uri): Promise<void> {
	const seconds = await askForSeconds(l10n.t('Record Trace'));
	if (seconds === undefined) return;
	const file = await askForFile(folder, 'jarvis-trace', 'json', l10n.t('Trace'));
	if (file === undefined) return;
	const captured = await withCaptureProgress(l10n.t('Recording for {0} s', seconds), (token) =>
		session.recordTrace({ seconds, file }, token),
	);
	if (captured === undefined) return;
	await tellOfCapture(captured, l10n.t('The trace is written. Open it at chrome://tracing, or in Perfetto.'));
}
