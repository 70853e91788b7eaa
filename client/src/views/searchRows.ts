import { l10n, type QuickInputButton, type QuickPick, type QuickPickItem, ThemeIcon } from 'vscode';
import type { SearchItem } from './searchItems.ts';

/** A row of the search pick. Holds its item, since `kind` means something else to VS Code. */
export type SearchRow = QuickPickItem & { readonly item: SearchItem };

/** All that is to be seen of rows, and where they lead. */
export function visiblePart(rows: readonly SearchRow[]): string {
	const lines = rows.map(({ label, description, detail, item }) => {
		const place = item.kind === 'hit' ? [item.hit.uri, item.hit.startLine, item.hit.endLine] : [];
		return [label, description, detail, ...place];
	});
	return JSON.stringify(lines);
}

/** Whether two rows stand for the same, whatever they show of it by now. */
export function isSameLine(a: SearchItem, b: SearchItem | undefined): boolean {
	if (a.kind !== 'hit' || b?.kind !== 'hit') return a.kind === b?.kind;
	return a.hit.uri === b.hit.uri;
}

/**
 * VS Code filters the items by the value and sorts those whose label matches to the front (`quickInputList.ts`).
 * `alwaysShow` on every item ends the filtering, and `sortByLabel = false` the sorting: a property which the extension
 * host leaves open to all but the typings never got (microsoft/vscode#73904; read and tried in 1.139). Were it to go,
 * titles that hold the query would come first and nothing be lost.
 */
export function keepOrder(pick: QuickPick<SearchRow>): void {
	(pick as QuickPick<SearchRow> & { sortByLabel: boolean }).sortByLabel = false;
}

/** What a row shows of its item. */
export function searchRow(item: SearchItem): SearchRow {
	const shown = { item, label: item.label, alwaysShow: true };
	return item.kind === 'hit'
		? { ...shown, description: item.description, detail: item.detail, buttons: [toSide] }
		: shown;
}

/** Beside the question. */
export const whyNot: QuickInputButton = {
	iconPath: new ThemeIcon('question'),
	tooltip: l10n.t('Why is a note not found?'),
};

const toSide: QuickInputButton = {
	iconPath: new ThemeIcon('split-horizontal'),
	tooltip: l10n.t('Open to the Side'),
};
