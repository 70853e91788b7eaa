import { l10n, window } from 'vscode';
import { displayLanguage } from '../displayLanguage.ts';
import type { IndexView } from '../views/indexView.ts';
import { groupLabel, ledgerGroups } from '../views/ledgerRows.ts';

/** `jarvis.filterIndex`: chooses which files the Index view lists. */
export async function filterIndex(view: IndexView): Promise<void> {
	const items = ledgerGroups.map((group) => ({
		group,
		label: group === 'excluded' ? l10n.t('Excluded') : groupLabel(group, displayLanguage),
		picked: view.shownGroups.has(group),
	}));
	const chosen = await window.showQuickPick(items, {
		canPickMany: true,
		title: l10n.t('Files Shown in the Index View'),
		placeHolder: l10n.t('Choose the states to list'),
	});
	if (chosen) view.show(new Set(chosen.map(({ group }) => group)));
}
