import { l10n, window } from 'vscode';
import { formatBytes } from '../formats.ts';
import type { Session } from '../session.ts';
import { withProgress } from './withProgress.ts';

/** `jarvis.optimizeIndex`: makes the index of every folder as small and quick as it can be, and says what that gave. */
export async function optimizeIndex(session: Session, locale: string): Promise<void> {
	const { folders } = await session.status();
	const done = await withProgress(l10n.t('Optimizing the index'), async (token) => {
		let before = 0;
		let after = 0;
		for (const { uri } of folders) {
			const { beforeBytes, afterBytes } = await session.maintain({ uri }, token);
			before += beforeBytes;
			after += afterBytes;
		}
		return { before, after };
	});
	if (done === undefined) return;
	const [before, after] = [done.before, done.after].map((bytes) => formatBytes(bytes, locale));
	void window.showInformationMessage(
		done.after < done.before
			? l10n.t('The index was optimized: {0} became {1}.', before!, after!)
			: l10n.t('The index was optimized: it takes {0}, and had no room to give back.', after!),
	);
}
