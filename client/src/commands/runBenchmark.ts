import { l10n, window } from 'vscode';
import { RunBenchmark, RunLoadTest } from '../../../server/src/protocol/benchmark.ts';
import { displayLanguage } from '../displayLanguage.ts';
import type { Session } from '../session.ts';
import { benchmarkPage } from '../views/benchmarkPage.ts';
import { loadPage } from '../views/loadPage.ts';
import type { ReadOnlyPages } from '../views/readOnlyPages.ts';
import { measureWithProgress } from './measureWithProgress.ts';

/** `jarvis.runBenchmark`: measures this workspace, and shows it beside earlier runs. */
export async function runBenchmark(session: Session, pages: ReadOnlyPages): Promise<void> {
	const result = await measureWithProgress(session, l10n.t('Measuring how fast Jarvis answers'), (token) =>
		session.ask(RunBenchmark, {}, token),
	);
	if (result !== undefined) await pages.show(l10n.t('Benchmark'), benchmarkPage(result, displayLanguage));
}

/** `jarvis.runLoadTest`: lets simulated users search at once, and shows what they met. */
export async function runLoadTest(session: Session, pages: ReadOnlyPages): Promise<void> {
	const choices = [
		{ label: l10n.t('5 users, 1 minute'), params: {} },
		{ label: l10n.t('5 users, 1 minute, while notes are embedded'), params: { isIndexing: true } },
		{ label: l10n.t('20 users, 1 minute'), params: { users: 20 } },
	];
	const options = { title: l10n.t('Run Load Test'), placeHolder: l10n.t('How many search at once?') };
	const chosen = await window.showQuickPick(choices, options);
	if (chosen === undefined) return;
	const result = await measureWithProgress(session, l10n.t('Simulated users are searching'), (token) =>
		session.ask(RunLoadTest, chosen.params, token),
	);
	if (result !== undefined) await pages.show(l10n.t('Load test'), loadPage(result, displayLanguage));
}
