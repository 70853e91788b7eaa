import { l10n, window } from 'vscode';
import { formatMb } from '../formats.ts';
import type { Session } from '../session.ts';

const SHOWN_MS = 5000;

/** `jarvis.freeMemory`: lets the server give back at once what it can; the next question may take some of it again. */
export async function freeMemory(session: Session, locale: string): Promise<void> {
	const before = (await session.status()).memory.totalMb;
	await session.control('freeMemory');
	const after = (await session.status()).memory.totalMb;
	const freed = formatMb(Math.max(0, before - after), locale);
	window.setStatusBarMessage(
		l10n.t('Jarvis: {0} given back, {1} in use', freed, formatMb(after, locale)),
		SHOWN_MS,
	);
}
