import { commands } from 'vscode';

/** `jarvis.showRelated`: brings the Related Notes view to the front. */
export async function showRelated(): Promise<void> {
	await commands.executeCommand('jarvis.related.focus');
}
