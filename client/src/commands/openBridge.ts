import { ViewColumn } from 'vscode';
import { openAt } from '../openAt.ts';
import type { InsightRow } from '../views/insights/insightRows.ts';
import { noteUri } from '../views/insights/insightTreeItems.ts';

/** `jarvis.openBridge`: opens both notes of a bridge, side by side. */
export async function openBridge(row: InsightRow): Promise<void> {
	if (row.kind !== 'bridge') return;
	const { folder, bridge } = row;
	if (bridge.a.path === undefined || bridge.b.path === undefined) return;
	await openAt(noteUri(folder, bridge.a.path), 1, { viewColumn: ViewColumn.One, preview: false });
	await openAt(noteUri(folder, bridge.b.path), 1, { viewColumn: ViewColumn.Two, preview: false });
}
