import { commands, env, l10n, Uri, window } from 'vscode';

const SHOWN_MS = 5000;

/** The file manager of a remote machine is nobody's. */
export function isFileShown(): boolean {
	return env.remoteName === undefined;
}

/** What a button that leads to a file says. */
export function showFileLabel(): string {
	return isFileShown() ? l10n.t('Show in Folder') : l10n.t('Copy Path');
}

/** Shows a file in the system's file manager; where there is none, copies its path. */
export async function showFile(file: string): Promise<void> {
	if (isFileShown()) return void (await commands.executeCommand('revealFileInOS', Uri.file(file)));
	await env.clipboard.writeText(file);
	window.setStatusBarMessage(l10n.t('Jarvis: the path was copied'), SHOWN_MS);
}
