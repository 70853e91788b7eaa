import { type Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { displayLanguage } from '../displayLanguage.ts';
import type { RestrictedMode } from '../restrictedMode.ts';
import type { Session } from '../session.ts';
import { ActiveAlerts } from './activeAlerts.ts';
import { statusText, statusTooltip } from './statusText.ts';

/** Shows the state of the search server as the one status-bar item; returns its disposal. */
export function showStatusBar(session: Session, restricted: RestrictedMode): Disposable {
	const item = window.createStatusBarItem('jarvis.status', StatusBarAlignment.Right, 50);
	item.name = 'Jarvis';
	item.command = 'jarvis.showMenu';
	const alerts = new ActiveAlerts();
	const render = () => {
		const shown = statusText(session.state, displayLanguage, alerts.list);
		if (!shown) return item.hide();
		item.text = shown.text;
		item.accessibilityInformation = { label: shown.spoken };
		item.backgroundColor = shown.warning ? new ThemeColor('statusBarItem.warningBackground') : undefined;
		const tooltip = new MarkdownString(
			statusTooltip(session.state, restricted.ignoresSettings, displayLanguage, alerts.list),
			true,
		);
		tooltip.isTrusted = { enabledCommands: ['workbench.trust.manage', 'jarvis.showDashboard'] };
		item.tooltip = tooltip;
		item.show();
	};
	const subscriptions = [
		item,
		session.onDidChange(({ kind }) => {
			if (kind !== 'running') alerts.clear();
			render();
		}),
		session.onDidAlert((alert) => alerts.add(alert) && render()),
		restricted.onDidChange(render),
	];
	render();
	return { dispose: () => subscriptions.forEach((subscription) => void subscription.dispose()) };
}
