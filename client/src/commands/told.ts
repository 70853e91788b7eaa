import { commands, type LogOutputChannel, l10n, window } from 'vscode';

/**
 * A command whose failure is told in its own words: VS Code would say that a command “resulted in an error”, as if it were
 * a bug, of what is the user's to act on.
 */
export function told<Args extends readonly unknown[]>(
	log: LogOutputChannel,
	run: (...args: Args) => unknown,
): (...args: Args) => Promise<unknown> {
	return async (...args) => {
		try {
			return await run(...args);
		} catch (error) {
			log.error(error instanceof Error ? error : String(error));
			const showLog = l10n.t('Show Log');
			const message = error instanceof Error ? error.message : String(error);
			void window.showErrorMessage(message, showLog).then((chosen) => {
				if (chosen === showLog) void commands.executeCommand('jarvis.showLog');
			});
			return undefined;
		}
	};
}
