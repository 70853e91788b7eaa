import { l10n, window } from 'vscode';
import { UnshareNotes } from '../../../server/src/protocol/team.ts';
import type { Session } from '../session.ts';
import { tellDeleted } from './tellDeleted.ts';

/** `jarvis.deleteIndex`: deletes the index from disk, after asking; on a graph server only where that is wanted as well. */
export async function deleteIndex(session: Session): Promise<void> {
	const { folders } = await session.status();
	const sent = folders.filter(({ graphServer, team }) => graphServer !== undefined || team !== undefined);
	const remove = l10n.t('Delete');
	const removeAll = l10n.t('Delete, Also from Neo4j');
	const detail = l10n.t(
		'Your notes are not touched. To search again, all of them are read and embedded anew.',
	);
	const shared = l10n.t(
		'What was sent to Neo4j stays there, and can be found by your team, unless you remove it.',
	);
	const choice = await window.showWarningMessage(
		l10n.t('Delete the index?'),
		{ modal: true, detail: sent.length === 0 ? detail : `${detail} ${shared}` },
		...(sent.length === 0 ? [remove] : [remove, removeAll]),
	);
	if (choice === undefined) return;
	if (choice === removeAll)
		for (const { uri } of sent) await session.ask(UnshareNotes, { folder: uri, what: 'graph' });
	await session.control('delete');
	await tellDeleted(l10n.t('The index was deleted.'));
}
