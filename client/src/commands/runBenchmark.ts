import { l10n, type QuickPickItem, window } from 'vscode';
import {
	type LoadTestParams,
	loadBounds,
	RunBenchmark,
	RunLoadTest,
} from '../../../server/src/protocol/benchmark.ts';
import { displayLanguage } from '../displayLanguage.ts';
import type { Session } from '../session.ts';
import { benchmarkPage } from '../views/benchmarkPage.ts';
import { loadPage } from '../views/loadPage.ts';
import type { ReadOnlyPages } from '../views/readOnlyPages.ts';
import { askForNumber } from './askForNumber.ts';
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
	const params = await askForLoad(l10n.t('Run Load Test'));
	if (params === undefined) return;
	const result = await measureWithProgress(session, l10n.t('Simulated users are searching'), (token) =>
		session.ask(RunLoadTest, params, token),
	);
	if (result !== undefined) await pages.show(l10n.t('Load test'), loadPage(result, displayLanguage));
}

async function askForLoad(title: string): Promise<LoadTestParams | undefined> {
	const choices: readonly (QuickPickItem & { readonly params?: LoadTestParams })[] = [
		{ label: l10n.t('5 users, 1 minute'), params: {} },
		{ label: l10n.t('5 users, 1 minute, while notes are embedded'), params: { isIndexing: true } },
		{ label: l10n.t('20 users, 1 minute'), params: { users: 20 } },
		{ label: l10n.t('Other numbers…') },
	];
	const options = { title, placeHolder: l10n.t('How many search at once?') };
	const chosen = await window.showQuickPick(choices, options);
	if (chosen === undefined || chosen.params !== undefined) return chosen?.params;
	const users = await askForNumber(title, l10n.t('How many users?'), { value: 5, ...loadBounds.users });
	if (users === undefined) return undefined;
	const prompt = l10n.t('For how many seconds?');
	const seconds = await askForNumber(title, prompt, { value: 60, ...loadBounds.seconds });
	return seconds === undefined ? undefined : { users, seconds };
}
