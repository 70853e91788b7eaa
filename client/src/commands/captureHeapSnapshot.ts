import { l10n, type Uri, window } from 'vscode';
import { displayLanguage } from '../displayLanguage.ts';
import { formatMb } from '../formats.ts';
import type { Session } from '../session.ts';
import { askForFile, tellOfCapture, withCaptureProgress } from './saveCapture.ts';

/** `jarvis.captureHeapSnapshot`: writes all objects of the server to a file, after saying what that costs and holds. */
export async function captureHeapSnapshot(session: Session, folder: Uri): Promise<void> {
	const { processes } = await session.memoryReport();
	const heap = processes.flatMap(({ parts }) => parts).find(({ name }) => name === 'heap')?.bytes ?? 0;
	const capture = l10n.t('Capture');
	const choice = await window.showWarningMessage(
		l10n.t('Capture a heap snapshot of the search server?'),
		{
			modal: true,
			detail: l10n.t(
				'It holds text of your notes: look at it yourself before you give it to anyone. It takes about {0} more memory while it is written, beyond the limit of Jarvis, and the server answers nothing for some seconds.',
				formatMb(heap / 1_048_576, displayLanguage.locale),
			),
		},
		capture,
	);
	if (choice !== capture) return;
	const file = await askForFile(folder, {
		title: l10n.t('Capture Heap Snapshot'),
		name: 'jarvis-heap',
		extension: 'heapsnapshot',
		kind: l10n.t('Heap snapshot'),
	});
	if (file === undefined) return;
	const captured = await withCaptureProgress(l10n.t('Writing the heap snapshot'), (token) =>
		session.captureHeapSnapshot({ file }, token),
	);
	if (captured === undefined) return;
	const size = formatMb(captured.bytes / 1_048_576, displayLanguage.locale);
	await tellOfCapture(
		captured,
		l10n.t(
			'The heap snapshot ({0}) is written. VS Code shows it, and so do Chrome’s developer tools, under Memory.',
			size,
		),
		true,
	);
}
