import { commands, l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { displayLanguage } from '../displayLanguage.ts';
import type { Session } from '../session.ts';
import { type HealthItem, healthItems } from '../views/healthItems.ts';

/** `jarvis.showMenu`: what a click on the status-bar item offers. `declared` are the titles of the commands. */
export async function showMenu(session: Session, declared: ReadonlyMap<string, string>): Promise<void> {
	const choice = await window.showQuickPick(menu(session), {
		title: 'Jarvis',
		placeHolder: l10n.t('Choose what to do'),
	});
	if (choice?.health !== undefined) await showHealth(choice.health, declared);
	else if (choice?.command) await commands.executeCommand(choice.command);
}

interface MenuItem extends QuickPickItem {
	readonly command?: string;
	readonly health?: HealthItem;
}

/** In full what ails, with what helps; where nothing does, the page that shows all of it. */
async function showHealth(
	{ told, remedy }: HealthItem,
	declared: ReadonlyMap<string, string>,
): Promise<void> {
	const all = 'jarvis.showDashboard';
	if (told === undefined) return void commands.executeCommand(all);
	const offered = [remedy ?? [], all].flat().map((command) => ({ command, title: declared.get(command)! }));
	const choice = await window.showWarningMessage(told, ...offered);
	if (choice !== undefined) await commands.executeCommand(choice.command);
}

function menu({ state }: Session): MenuItem[] {
	const index = state.kind === 'running' ? state.status?.index.state : undefined;
	const rebuild = { label: `$(refresh) ${l10n.t('Rebuild Index')}`, command: 'jarvis.rebuildIndex' };
	const pause = { label: `$(debug-pause) ${l10n.t('Pause Indexing')}`, command: 'jarvis.pauseIndexing' };
	const resume = { label: `$(play) ${l10n.t('Resume Indexing')}`, command: 'jarvis.resumeIndexing' };
	const health = state.kind === 'running' ? healthItems(state.status?.parts ?? [], displayLanguage) : [];
	return [
		// What ails is not looked for at the end of a list.
		...healthSection(health.filter(({ told }) => told !== undefined)),
		{ label: `$(search) ${l10n.t('Search Notes')}`, command: 'jarvis.search' },
		{ label: `$(question) ${l10n.t('Why Was This Not Found?')}`, command: 'jarvis.whyNotFound' },
		index === 'off' ? rebuild : index === 'paused' ? resume : pause,
		...(state.kind === 'stopped'
			? [{ label: `$(debug-restart) ${l10n.t('Restart Search Server')}`, command: 'jarvis.restartServer' }]
			: []),
		{ label: `$(dashboard) ${l10n.t('Show Performance Dashboard')}`, command: 'jarvis.showDashboard' },
		{ label: `$(pulse) ${l10n.t('Run Doctor')}`, command: 'jarvis.doctor' },
		{ label: `$(output) ${l10n.t('Show Log')}`, command: 'jarvis.showLog' },
		{ label: '', kind: QuickPickItemKind.Separator },
		{ label: `$(symbol-misc) ${l10n.t('Choose Model')}`, command: 'jarvis.chooseModel' },
		{ label: `$(gear) ${l10n.t('Open Settings')}`, command: 'jarvis.openSettings' },
		{ label: '', kind: QuickPickItemKind.Separator },
		{ label: `$(chip) ${l10n.t('Free Memory')}`, command: 'jarvis.freeMemory' },
		...(index === 'off'
			? []
			: [rebuild, { label: `$(trash) ${l10n.t('Delete Index')}`, command: 'jarvis.deleteIndex' }]),
		...healthSection(health.filter(({ told }) => told === undefined)),
	];
}

function healthSection(health: readonly HealthItem[]): readonly MenuItem[] {
	const [first] = health;
	if (first === undefined) return [];
	const separator = (label: string) => ({ label, kind: QuickPickItemKind.Separator });
	const rows = health.map((item) => {
		const { label, description, detail } = item;
		return { label, description, detail, health: item };
	});
	return [separator(l10n.t('Health')), ...rows, ...(first.told === undefined ? [] : [separator('')])];
}
