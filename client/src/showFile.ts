import { commands, env, l10n, Uri, window } from 'vscode';

/**
 * What a button that leads to a file says: the file manager of a remote machine is nobody's, so there its path is copied.
 */
export function showFileLabel(): string {
	return isRemote() ? l10n.t('Copy Path') : l10n.t('Show in Folder');
}

/** Shows a file in the system's file manager, or copies its path; says which of the two was done by `true` for shown. */
export async function showFile(file: string): Promise<boolean> {
	if (!isRemote()) {
		await commands.executeCommand('revealFileInOS', Uri.file(file));
		return true;
	}
	await env.clipboard.writeText(file);
	window.setStatusBarMessage(l10n.t('Jarvis: the path was copied'), 5000);
	return false;
}

function isRemote(): boolean {
	return env.remoteName !== undefined;
}
