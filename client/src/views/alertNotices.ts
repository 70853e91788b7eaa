import { commands, type Disposable, type LogOutputChannel, l10n, window, workspace } from 'vscode';
import type { Alert } from '../../../server/src/protocol/performance.ts';
import type { Session } from '../session.ts';

/** Writes alerts to the log and, where `jarvis.alerts.notify` wants it, puts them up as messages. */
export function tellAlerts(session: Session, log: LogOutputChannel): Disposable {
	return session.onDidAlert((alert) => {
		if (!alert.isActive) return log.info(`No longer: ${alert.text}`);
		log.warn(alert.text);
		if (workspace.getConfiguration('jarvis').get('alerts.notify', false)) void notify(alert);
	});
}

async function notify({ text }: Alert): Promise<void> {
	const show = l10n.t('Show Dashboard');
	const choice = await window.showWarningMessage(text, show);
	if (choice === show) await commands.executeCommand('jarvis.showDashboard');
}
