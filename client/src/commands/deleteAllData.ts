import { l10n, window } from 'vscode';
import type { DataItem } from '../../../server/src/protocol/maintenance.ts';
import { formatBytes } from '../formats.ts';
import type { Session } from '../session.ts';
import { tellDeleted } from './tellDeleted.ts';

/** More lines than this, a dialog does not show well. */
const mostLines = 12;

/** `jarvis.deleteAllData`: deletes all that Jarvis keeps on this machine, after showing what that is. */
export async function deleteAllData(session: Session, locale: string): Promise<void> {
	const { items } = await session.listData();
	if (items.length === 0)
		return void window.showInformationMessage(l10n.t('Jarvis keeps nothing on this machine.'));
	const remove = l10n.t('Delete All');
	const lines = items.slice(0, mostLines).map((item) => describe(item, locale));
	const more = items.length - lines.length;
	const detail = [
		...lines,
		...(more > 0 ? [l10n.t('… and {0} more', more)] : []),
		'',
		l10n.t('Your notes and settings are not touched.'),
	].join('\n');
	const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
	const choice = await window.showWarningMessage(
		l10n.t('Delete all data of Jarvis, {0}?', formatBytes(bytes, locale)),
		{ modal: true, detail },
		remove,
	);
	if (!choice) return;
	const { deleted, kept } = await session.deleteData();
	if (kept.length === 0) return tellDeleted(l10n.t('All data of Jarvis was deleted.'));
	const left = kept.map(({ path, reason }) => `${path}: ${reason}`).join(' ');
	const done = l10n.t('{0} of {1} were deleted.', deleted.length, deleted.length + kept.length);
	void window.showWarningMessage(`${done} ${left}`);
}

function describe({ kind, path, bytes, heldBy }: DataItem, locale: string): string {
	const names = {
		index: l10n.t('Index'),
		vectors: l10n.t('Shared vectors'),
		models: l10n.t('Downloaded models'),
		logs: l10n.t('Logs'),
	};
	const held = heldBy === undefined ? '' : ` (${l10n.t('in use by process {0}, stays', heldBy)})`;
	return `${names[kind]}, ${formatBytes(bytes, locale)}: ${path}${held}`;
}
