import { type FileSystemWatcher, RelativePattern, type Uri, type WorkspaceFolder, workspace } from 'vscode';

/** What counts as a note in a workspace folder. */
export const NOTES_GLOB = '**/*.{md,markdown,mdx}';

/** The folders whose notes can be searched: those on disk. */
export function localFolders(): readonly WorkspaceFolder[] {
	return (workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
}

/** Whether `uri` is a note of one of the `localFolders`. */
export function isNote(uri: Uri): boolean {
	return (
		uri.scheme === 'file' &&
		/\.(md|markdown|mdx)$/i.test(uri.path) &&
		workspace.getWorkspaceFolder(uri) !== undefined
	);
}

/** Calls `onNote` each time there is reason to believe that the workspace holds a note. */
export function watchForNotes(watcher: FileSystemWatcher, onNote: () => void): { dispose(): void } {
	const look = async () => {
		for (const folder of localFolders()) if (await holdsNote(folder)) return onNote();
	};
	const subscriptions = [
		workspace.onDidChangeWorkspaceFolders(() => void look()),
		workspace.onDidOpenTextDocument((document) => isNote(document.uri) && onNote()),
		watcher.onDidCreate((uri) => isNote(uri) && onNote()),
	];
	if (workspace.textDocuments.some((document) => isNote(document.uri))) onNote();
	else void look();
	return { dispose: () => subscriptions.forEach((subscription) => void subscription.dispose()) };
}

async function holdsNote(folder: WorkspaceFolder): Promise<boolean> {
	// The readme of a dependency makes no folder of notes; `files.exclude` applies as well.
	const found = await workspace.findFiles(new RelativePattern(folder, NOTES_GLOB), '**/node_modules/**', 1);
	return found.length > 0;
}
