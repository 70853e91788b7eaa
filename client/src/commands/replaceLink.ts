import { l10n, Range, RelativePattern, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { newTarget } from '../links/newTarget.ts';
import { replaceLinks } from '../links/replaceLink.ts';
import type { InsightRow } from '../views/insights/insightRows.ts';
import { noteUri } from '../views/insights/insightTreeItems.ts';

const SAID_MS = 5000;

/** `jarvis.replaceLink`: makes every link of a broken one lead to the suggested note, in one edit. */
export async function replaceLink(row?: InsightRow): Promise<void> {
	if (row?.kind !== 'suggestion') return;
	const { folder, link, path } = row;
	const isOnly = await isOnlyOfItsName(Uri.parse(folder.uri), path);
	const edit = new WorkspaceEdit();
	let count = 0;
	for (const { path: from, lines } of link.from) {
		const document = await workspace.openTextDocument(noteUri(folder, from));
		const to = newTarget(path, from, isOnly);
		// What stands there may have moved since it was read: lines without the link are left alone.
		for (const line of lines) {
			if (line > document.lineCount) continue;
			for (const { start, end, text } of replaceLinks(document.lineAt(line - 1).text, link.target, to)) {
				edit.replace(document.uri, new Range(line - 1, start, line - 1, end), text);
				count++;
			}
		}
	}
	if (count === 0) {
		void window.showWarningMessage(l10n.t('The link is no longer where it was. Nothing was changed.'));
		return;
	}
	if (!(await workspace.applyEdit(edit, { isRefactoring: true }))) {
		void window.showErrorMessage(l10n.t('The notes could not be changed.'));
		return;
	}
	const name = path.slice(path.lastIndexOf('/') + 1);
	window.setStatusBarMessage(l10n.t('{0} links now lead to {1}', count, name), SAID_MS);
}

async function isOnlyOfItsName(folder: Uri, path: string): Promise<boolean> {
	const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
	// Letters and digits alone mean themselves in a glob.
	const glob = `**/${name.replace(/[^\p{L}\p{N} ]/gu, '?')}.{md,mdx,markdown}`;
	return (await workspace.findFiles(new RelativePattern(folder, glob), undefined, 2)).length < 2;
}
