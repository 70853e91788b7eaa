import { commands, l10n, window } from 'vscode';
import { localFolders } from '../notes.ts';
import type { Session } from '../session.ts';
import { SearchPick } from '../views/searchPick.ts';

/** `jarvis.search`: opens the live search; returns the command, which remembers the last query for the next time. */
export function searchCommand(session: Session): (query?: string) => Promise<void> {
	let lastQuery = '';
	return async (query) => {
		if (localFolders().length === 0) return offerFolder();
		const remember = (asked: string) => {
			lastQuery = asked;
		};
		if (query !== undefined) remember(query);
		session.start();
		new SearchPick(session, lastQuery, remember);
	};
}

async function offerFolder(): Promise<void> {
	const openFolder = l10n.t('Open Folder');
	const choice = await window.showInformationMessage(
		l10n.t('Jarvis searches the notes of the folder you open.'),
		openFolder,
	);
	if (choice) await commands.executeCommand('vscode.openFolder');
}
