import { type CancellationToken, ProgressLocation, window } from 'vscode';

/** Runs with a notification that can be cancelled; `undefined` where it was. */
export async function withProgress<T>(
	title: string,
	run: (token: CancellationToken) => Promise<T>,
): Promise<T | undefined> {
	const options = { location: ProgressLocation.Notification, title, cancellable: true };
	return window.withProgress(options, async (_progress, token) => {
		try {
			return await run(token);
		} catch (error) {
			if (token.isCancellationRequested) return undefined;
			throw error;
		}
	});
}
