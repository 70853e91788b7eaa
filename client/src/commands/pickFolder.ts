import { window } from 'vscode';
import type { FolderStatus } from '../../../server/src/protocol/status.ts';
import type { Session } from '../session.ts';

/** The workspace folder to do something to: the only one, or the one that the user picks; `undefined` where there is none. */
export async function pickFolder(session: Session, placeHolder: string): Promise<FolderStatus | undefined> {
	const { folders } = await session.status();
	if (folders.length < 2) return folders[0];
	const items = folders.map((folder) => ({ label: folder.name, description: folder.indexFile, folder }));
	return (await window.showQuickPick(items, { placeHolder }))?.folder;
}
