import { Uri } from 'vscode';
import { openAt } from '../openAt.ts';

/** `jarvis.openNote`: what links in hovers and rows of views run. `uri` as text, `line` 1-based. */
export async function openNote(uri: string, line = 1): Promise<void> {
	await openAt(Uri.parse(uri), line);
}
