import { Uri, ViewColumn } from 'vscode';
import { openAt } from '../openAt.ts';
import type { RelatedNode } from '../views/relatedView.ts';

/** `jarvis.openToSide`: opens a row of Related Notes beside the editor. */
export async function openToSide(node: RelatedNode): Promise<void> {
	if (node.kind !== 'note') return;
	await openAt(Uri.parse(node.note.uri), node.note.startLine, { viewColumn: ViewColumn.Beside });
}
