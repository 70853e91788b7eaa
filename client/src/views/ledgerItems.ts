import { l10n, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { LedgerEntry, LedgerExclusion } from '../../../server/src/protocol/ledger.ts';
import { displayLanguage } from '../displayLanguage.ts';
import { localFolders } from '../notes.ts';
import { entryDescription, entryTooltip, exclusionDescription, type groupRows } from './ledgerRows.ts';

const icons = {
	pending: 'watch',
	failed: 'error',
	skipped: 'circle-slash',
	excluded: 'eye-closed',
	indexed: 'pass',
} as const;

export function groupItem({ group, label, description }: ReturnType<typeof groupRows>[number]): TreeItem {
	const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
	item.id = `group:${group}`;
	item.description = description;
	item.iconPath = new ThemeIcon(icons[group]);
	return item;
}

export function fileItem(entry: LedgerEntry): TreeItem {
	const { uri, folder, path, readAtMs } = entry;
	const item = new TreeItem(localFolders().length > 1 ? `${folder}/${path}` : path);
	item.id = uri;
	item.description = entryDescription(entry, displayLanguage);
	const when = readAtMs === undefined ? undefined : new Date(readAtMs).toLocaleString();
	item.tooltip = entryTooltip(entry, when, displayLanguage);
	item.iconPath = ThemeIcon.File;
	item.resourceUri = Uri.parse(uri);
	item.contextValue = 'ledgerFile';
	// `vscode.open`, since what is not indexed may not be text.
	item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.parse(uri)] };
	return item;
}

export function exclusionItem(exclusion: LedgerExclusion): TreeItem {
	const item = new TreeItem(exclusion.by);
	item.id = `excluded:${exclusion.folder}:${exclusion.by}`;
	item.description = exclusionDescription(exclusion, displayLanguage);
	item.tooltip = `${exclusion.by}\n${item.description}`;
	item.iconPath = new ThemeIcon('filter');
	return item;
}

/** Ends a list that is longer than what is shown of it. */
export function moreItem(group: string): TreeItem {
	const item = new TreeItem(l10n.t('Show more…'));
	item.id = `more:${group}`;
	item.iconPath = new ThemeIcon('chevron-down');
	item.command = { command: 'jarvis.showMoreFiles', title: l10n.t('Show more…'), arguments: [group] };
	return item;
}
