import { type Command, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { GraphStatus } from '../../../../server/src/protocol/status.ts';
import { displayLanguage } from '../../displayLanguage.ts';
import { localFolders } from '../../notes.ts';
import { insightItem } from './insightItems.ts';
import { groupText, type InsightFolder, type InsightGroup, type InsightRow } from './insightRows.ts';

const icons = {
	hubs: 'star',
	orphans: 'circle-slash',
	broken: 'debug-disconnect',
	communities: 'organization',
	bridges: 'arrow-swap',
} as const satisfies Record<InsightGroup, string>;

/** `graph`: as the status has it, once there is one. */
export function groupTreeItem(group: InsightGroup, graph: GraphStatus | undefined): TreeItem {
	const { label, description, tooltip } = groupText(group, graph, displayLanguage);
	const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
	item.id = `group:${group}`;
	item.description = description;
	item.tooltip = tooltip;
	item.iconPath = new ThemeIcon(icons[group]);
	return item;
}

export function rowTreeItem(row: Exclude<InsightRow, { readonly kind: 'group' }>): TreeItem {
	const shown = insightItem(row, localFolders().length > 1, displayLanguage);
	const state = shown.isParent ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
	const item = new TreeItem(shown.label, state);
	item.id = shown.id;
	item.description = shown.description;
	item.tooltip = shown.tooltip;
	if (shown.icon) item.iconPath = new ThemeIcon(shown.icon);
	if (shown.context) item.contextValue = shown.context;
	const command = commandOf(row);
	if (command) item.command = command;
	item.accessibilityInformation = { label: [shown.label, shown.description].filter(Boolean).join(', ') };
	return item;
}

/** URI of a note in its folder. */
export function noteUri(folder: InsightFolder, path: string): Uri {
	return Uri.joinPath(Uri.parse(folder.uri), path);
}

function commandOf(row: InsightRow): Command | undefined {
	switch (row.kind) {
		case 'note':
			return row.note.path === undefined ? undefined : openNote(row.folder, row.note.path);
		case 'broken':
		case 'suggestion': {
			const [first] = row.link.from;
			return first && openNote(row.folder, first.path, first.lines[0]);
		}
		case 'place':
			return openNote(row.folder, row.path, row.line);
		case 'bridge':
			return { command: 'jarvis.openBridge', title: '', arguments: [row] };
		default:
			return undefined;
	}
}

function openNote(folder: InsightFolder, path: string, line = 1): Command {
	return { command: 'jarvis.openNote', title: '', arguments: [noteUri(folder, path).toString(), line] };
}
