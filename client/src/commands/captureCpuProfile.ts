import { l10n, type Uri, window } from 'vscode';
import type { Session } from '../session.ts';
import { askForFile, askForSeconds, openCapture, withCaptureProgress } from './saveCapture.ts';

/** `jarvis.captureCpuProfile`: records where the time of server or model goes, and opens it in VS Code's profile view. */
export async function captureCpuProfile(session: Session, folder: Uri): Promise<void> {
	const title = l10n.t('Capture CPU Profile');
	const choice = await window.showQuickPick(
		[
			{
				of: 'server',
				label: l10n.t('Search server'),
				detail: l10n.t('Requests, indexing, the index in memory'),
			},
			{
				of: 'embedder',
				label: l10n.t('Model process'),
				detail: l10n.t('What it does besides the model: onnxruntime’s own threads are not seen'),
			},
		] as const,
		{ title, placeHolder: l10n.t('Which process?') },
	);
	if (choice === undefined) return;
	const seconds = await askForSeconds(title);
	if (seconds === undefined) return;
	const [name, kind] = [`jarvis-${choice.of}`, l10n.t('CPU profile')];
	const file = await askForFile(folder, { title, name, extension: 'cpuprofile', kind });
	if (file === undefined) return;
	const captured = await withCaptureProgress(
		l10n.t('Recording a CPU profile'),
		(token) => session.captureCpuProfile({ of: choice.of, seconds, file }, token),
		seconds,
	);
	if (captured !== undefined) await openCapture(captured);
}
