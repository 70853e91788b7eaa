import { l10n, window } from 'vscode';
import type { Session } from '../session.ts';

const SHOWN_MS = 5000;

/** `jarvis.rebuildIndex`: reads every note again, after asking where there is an index to lose. */
export async function rebuildIndex(session: Session): Promise<void> {
	const { index } = await session.status();
	if (index.state !== 'off' && !(await agree())) return;
	await session.control('rebuild');
	// A small folder is done before a progress could be seen.
	window.setStatusBarMessage(l10n.t('Jarvis: reading every note again'), SHOWN_MS);
}

async function agree(): Promise<boolean> {
	const rebuild = l10n.t('Rebuild');
	const detail = l10n.t(
		'Every note is read again, which takes a while. Texts that have not changed keep their vectors, so the model has little to do. You can go on searching.',
	);
	const choice = await window.showWarningMessage(
		l10n.t('Rebuild the index?'),
		{ modal: true, detail },
		rebuild,
	);
	return choice === rebuild;
}
