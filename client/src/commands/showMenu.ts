import { commands, l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { Session } from '../session.ts';

/** `jarvis.showMenu`: what a click on the status-bar item offers. */
export async function showMenu(session: Session): Promise<void> {
	const choice = await window.showQuickPick(menu(session), {
		title: 'Jarvis',
		placeHolder: l10n.t('Choose what to do'),
	});
	if (choice?.command) await commands.executeCommand(choice.command);
}

interface MenuItem extends QuickPickItem {
	readonly command?: string;
}

function menu({ state }: Session): MenuItem[] {
	const isPaused = state.kind === 'running' && state.status?.index.state === 'paused';
	return [
		{ label: `$(search) ${l10n.t('Search Notes')}`, command: 'jarvis.search' },
		isPaused
			? { label: `$(play) ${l10n.t('Resume Indexing')}`, command: 'jarvis.resumeIndexing' }
			: { label: `$(debug-pause) ${l10n.t('Pause Indexing')}`, command: 'jarvis.pauseIndexing' },
		...(state.kind === 'stopped'
			? [{ label: `$(debug-restart) ${l10n.t('Restart Search Server')}`, command: 'jarvis.restartServer' }]
			: []),
		{ label: `$(dashboard) ${l10n.t('Show Performance Dashboard')}`, command: 'jarvis.showDashboard' },
		{ label: `$(output) ${l10n.t('Show Log')}`, command: 'jarvis.showLog' },
		{ label: `$(symbol-misc) ${l10n.t('Choose Model')}`, command: 'jarvis.chooseModel' },
		{ label: '', kind: QuickPickItemKind.Separator },
		{ label: `$(chip) ${l10n.t('Free Memory')}`, command: 'jarvis.freeMemory' },
		{ label: `$(refresh) ${l10n.t('Rebuild Index')}`, command: 'jarvis.rebuildIndex' },
		{ label: `$(trash) ${l10n.t('Delete Index')}`, command: 'jarvis.deleteIndex' },
	];
}
