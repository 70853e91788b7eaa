import { l10n, window } from 'vscode';
import { formatBytes } from '../formats.ts';
import type { Session } from '../session.ts';

const SHOWN_MS = 5000;

/** `jarvis.clearCaches`: forgets answers and questions, and deletes the vectors that folders share, after asking. */
export async function clearCaches(session: Session, locale: string): Promise<void> {
	const { items } = await session.listData();
	const bytes = items.filter(({ kind }) => kind === 'vectors').reduce((sum, item) => sum + item.bytes, 0);
	const clear = l10n.t('Clear');
	const detail = l10n.t(
		'Answers and questions in memory are forgotten, and {0} of vectors that folders share are deleted. Indexes are not touched; a text that comes new to one is embedded again.',
		formatBytes(bytes, locale),
	);
	const choice = await window.showWarningMessage(l10n.t('Clear the caches?'), { modal: true, detail }, clear);
	if (!choice) return;
	await session.control('clearCaches');
	window.setStatusBarMessage(l10n.t('Jarvis: the caches are empty'), SHOWN_MS);
}
