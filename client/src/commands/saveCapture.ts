import { type CancellationToken, commands, l10n, ProgressLocation, Uri, window } from 'vscode';
import type { Captured } from '../../../server/src/protocol/profiling.ts';

/** Asks where a capture is to go; in the folder of logs, unless the user says otherwise. */
export async function askForFile(
	folder: Uri,
	name: string,
	extension: string,
	kind: string,
): Promise<string | undefined> {
	const stamp = new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-');
	const defaultUri = Uri.joinPath(folder, `${name}-${stamp}.${extension}`);
	const chosen = await window.showSaveDialog({ defaultUri, filters: { [kind]: [extension] } });
	return chosen?.fsPath;
}

/** Asks for how many seconds something is to be recorded. */
export async function askForSeconds(title: string): Promise<number | undefined> {
	const given = await window.showInputBox({
		title,
		prompt: l10n.t('How many seconds'),
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

/** Waits for a capture with something to cancel it by; `undefined` where the user did. */
export async function withCaptureProgress(
	title: string,
	capture: (token: CancellationToken) => Promise<Captured>,
): Promise<Captured | undefined> {
	const options = { location: ProgressLocation.Notification, title, cancellable: true };
	return window.withProgress(options, async (_, token) => {
		try {
			return await capture(token);
		} catch (error) {
			if (token.isCancellationRequested) return undefined;
			throw error;
		}
	});
}

/** Opens a capture in VS Code's own viewer, which its extension chooses. */
export async function openCapture({ file }: Captured): Promise<void> {
	await commands.executeCommand('vscode.open', Uri.file(file));
}

/** Tells where a capture is that VS Code has no viewer for. */
export async function tellOfCapture({ file }: Captured, what: string): Promise<void> {
	const show = l10n.t('Show in Folder');
	const choice = await window.showInformationMessage(what, show);
	if (choice === show) await commands.executeCommand('revealFileInOS', Uri.file(file));
}
