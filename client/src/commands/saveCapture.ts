import { type CancellationToken, commands, l10n, ProgressLocation, Uri, window } from 'vscode';
import type { Captured } from '../../../server/src/protocol/profiling.ts';
import { showFile, showFileLabel } from '../showFile.ts';

/** What a file dialog asks for. */
export interface CaptureFile {
	readonly title: string;
	/** Of the file proposed, before its date. */
	readonly name: string;
	readonly extension: string;
	/** Of such files, in words. */
	readonly kind: string;
}

/** Asks where a capture is to go; in the folder of logs, unless the user says otherwise. */
export async function askForFile(
	folder: Uri,
	{ title, name, extension, kind }: CaptureFile,
): Promise<string | undefined> {
	const stamp = new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-');
	const defaultUri = Uri.joinPath(folder, `${name}-${stamp}.${extension}`);
	const chosen = await window.showSaveDialog({ title, defaultUri, filters: { [kind]: [extension] } });
	return chosen?.fsPath;
}

/** Asks for how many seconds something is to be recorded. */
export async function askForSeconds(title: string): Promise<number | undefined> {
	const given = await window.showInputBox({
		title,
		prompt: l10n.t('For how many seconds? Do meanwhile what is slow.'),
		value: '10',
		validateInput: (text) =>
			isSeconds(text) ? undefined : l10n.t('A number of seconds, more than 0 and at most 3600'),
	});
	return given === undefined ? undefined : Number(given);
}

function isSeconds(text: string): boolean {
	const seconds = Number(text);
	return text.trim() !== '' && seconds > 0 && seconds <= 3600;
}

/** Waits for a capture with something to cancel it by; `undefined` where the user did. Counts `seconds` down where given. */
export async function withCaptureProgress(
	title: string,
	capture: (token: CancellationToken) => Promise<Captured>,
	seconds?: number,
): Promise<Captured | undefined> {
	const options = { location: ProgressLocation.Notification, title, cancellable: true };
	return window.withProgress(options, async (progress, token) => {
		let left = seconds ?? 0;
		const tick = () => {
			if (seconds === undefined || left < 0) return;
			const message = left > 0 ? l10n.t('{0} s left', Math.ceil(left)) : l10n.t('writing the file');
			progress.report({ message, ...(left < seconds ? { increment: 100 / seconds } : {}) });
			left--;
		};
		tick();
		const timer = setInterval(tick, 1000);
		try {
			return await capture(token);
		} catch (error) {
			if (token.isCancellationRequested) return undefined;
			throw error;
		} finally {
			clearInterval(timer);
		}
	});
}

/** Opens a capture in VS Code's own viewer, which its extension chooses. */
export async function openCapture({ file }: Captured): Promise<void> {
	await commands.executeCommand('vscode.open', Uri.file(file));
}

/** Says `what` of a capture, and offers to go to its file; to open it here too, where VS Code has a viewer for it. */
export async function tellOfCapture(captured: Captured, what: string, viewer = false): Promise<void> {
	const [open, show] = [l10n.t('Open'), showFileLabel()];
	const choice = await window.showInformationMessage(what, ...(viewer ? [open] : []), show);
	if (choice === open) await openCapture(captured);
	if (choice === show) await showFile(captured.file);
}
