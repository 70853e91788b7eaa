import { l10n, type Uri } from 'vscode';
import type { Session } from '../session.ts';
import { askForFile, askForSeconds, tellOfCapture, withCaptureProgress } from './saveCapture.ts';

/** `jarvis.recordTrace`: records what each stage of searching and indexing takes, as a trace of Chrome's kind. */
export async function recordTrace(session: Session, folder: Uri): Promise<void> {
	const title = l10n.t('Record Trace');
	const seconds = await askForSeconds(title);
	if (seconds === undefined) return;
	const kind = l10n.t('Trace');
	const file = await askForFile(folder, { title, name: 'jarvis-trace', extension: 'json', kind });
	if (file === undefined) return;
	const captured = await withCaptureProgress(
		l10n.t('Recording a trace'),
		(token) => session.recordTrace({ seconds, file }, token),
		seconds,
	);
	if (captured === undefined) return;
	await tellOfCapture(captured, l10n.t('The trace is written. Open it at chrome://tracing, or in Perfetto.'));
}
