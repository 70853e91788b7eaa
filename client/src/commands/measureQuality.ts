import { l10n, ProgressLocation, window } from 'vscode';
import type { MeasureQualityResult } from '../../../server/src/protocol/quality.ts';
import { displayLanguage } from '../displayLanguage.ts';
import type { Session } from '../session.ts';
import { qualityPage } from '../views/qualityPage.ts';
import type { ReadOnlyPages } from '../views/readOnlyPages.ts';

/** `jarvis.measureQuality`: measures related notes by the user's own links, shows the tables, and offers what is better. */
export async function measureQuality(session: Session, pages: ReadOnlyPages): Promise<void> {
	const measured = await runWithProgress(session);
	if (measured === undefined) return;
	await pages.show(l10n.t('Search quality'), qualityPage(measured, displayLanguage));
	for (const { uri, folder, best, isBetter } of measured.folders) {
		if (!isBetter) continue;
		const apply = l10n.t('Apply');
		const choice = await window.showInformationMessage(
			l10n.t('Other weights find more of the links in {0} again. Use them for its related notes?', folder),
			apply,
		);
		if (choice === apply) await session.applyWeights({ uri, weights: best });
	}
}

/** `undefined` where the user cancelled. */
async function runWithProgress(session: Session): Promise<MeasureQualityResult | undefined> {
	const options = {
		location: ProgressLocation.Notification,
		title: l10n.t('Measuring search quality'),
		cancellable: true,
	};
	return window.withProgress(options, async (progress, token) => {
		let shown = 0;
		const listening = session.onMeasureProgress(({ done, total }) => {
			const percent = Math.floor((100 * done) / Math.max(1, total));
			progress.report({
				increment: Math.max(0, percent - shown),
				message: l10n.t('{0} of {1} links', done, total),
			});
			shown = Math.max(shown, percent);
		});
		try {
			return await session.measureQuality(token);
		} catch (error) {
			if (token.isCancellationRequested) return undefined;
			throw error;
		} finally {
			listening.dispose();
		}
	});
}
