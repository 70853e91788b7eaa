import { commands, l10n, Uri, window, workspace } from 'vscode';
import { localFolders } from '../../notes.ts';
import type { Session } from '../../session.ts';

/** Asks for a file and writes all figures to it, as JSON. */
export async function exportFigures(session: Session): Promise<void> {
	const exportedAt = new Date().toISOString();
	const name = `jarvis-performance-${exportedAt.slice(0, 16).replace(/[T:]/g, '-')}.json`;
	const folder = localFolders()[0]?.uri;
	const file = await window.showSaveDialog({
		title: l10n.t('Export Performance Figures'),
		filters: { JSON: ['json'] },
		...(folder && { defaultUri: Uri.joinPath(folder, name) }),
	});
	if (file === undefined) return;
	try {
		const [performance, status] = await Promise.all([session.performance({}), session.status()]);
		const text = `${JSON.stringify({ exportedAt, performance, status }, undefined, '\t')}\n`;
		await workspace.fs.writeFile(file, new TextEncoder().encode(text));
	} catch (error) {
		void window.showErrorMessage(l10n.t('The figures could not be exported. {0}', String(error)));
		return;
	}
	const open = l10n.t('Open');
	const choice = await window.showInformationMessage(l10n.t('Figures exported to {0}.', file.fsPath), open);
	if (choice === open) await commands.executeCommand('vscode.open', file);
}
