import { type CancellationToken, ProgressLocation, window } from 'vscode';
import type { Session } from '../session.ts';

/** Runs what takes a minute, with how far it is; `undefined` where the user cancelled. */
export async function measureWithProgress<T>(
	session: Session,
	title: string,
	run: (token: CancellationToken) => Promise<T>,
): Promise<T | undefined> {
	const options = { location: ProgressLocation.Notification, title, cancellable: true };
	return window.withProgress(options, async (progress, token) => {
		let shown = 0;
		const listening = session.onBenchmarkProgress(({ share }) => {
			const percent = Math.floor(100 * share);
			progress.report({ increment: Math.max(0, percent - shown), message: `${percent} %` });
			shown = Math.max(shown, percent);
		});
		try {
			return await run(token);
		} catch (error) {
			if (token.isCancellationRequested) return undefined;
			throw error;
		} finally {
			listening.dispose();
		}
	});
}
