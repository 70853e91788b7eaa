import { join } from 'node:path';
import type { ExtensionContext, FileSystemWatcher, LogOutputChannel } from 'vscode';
import {
	type CloseHandlerResult,
	ErrorAction,
	LanguageClient,
	type LanguageClientOptions,
	RevealOutputChannelOn,
	TransportKind,
} from 'vscode-languageclient/node';
import { NOTES_GLOB } from '../notes.ts';
import { readStartOptions } from './startOptions.ts';

/** Makes the language client of the search server, not started yet; `onClosed` decides what follows on a crash. */
export function createClient(
	context: ExtensionContext,
	log: LogOutputChannel,
	watchers: readonly FileSystemWatcher[],
	onClosed: () => CloseHandlerResult,
): LanguageClient {
	const run = { module: join(context.extensionPath, 'dist', 'server.cjs'), transport: TransportKind.ipc };
	const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
	const options: LanguageClientOptions = {
		// By pattern as well: `.mdx` has no language of its own, and other extensions rename that of some `.md`.
		documentSelector: [
			{ scheme: 'file', language: 'markdown' },
			{ scheme: 'file', pattern: NOTES_GLOB },
		],
		synchronize: { fileEvents: [...watchers] },
		initializationOptions: () => readStartOptions(context),
		// The session tells of failures in its own words; the client's would come on top.
		initializationFailedHandler: () => false,
		outputChannel: log,
		revealOutputChannelOn: RevealOutputChannelOn.Never,
		markdown: { isTrusted: { enabledCommands: ['jarvis.openNote'] } },
		errorHandler: {
			// A pipe that is broken for good also closes; what is to be done is decided there.
			error: () => ({ action: ErrorAction.Continue, handled: true }),
			closed: onClosed,
		},
	};
	return new QuietClient('jarvis', 'Jarvis', { run, debug }, options);
}

/** Logs what the language client would also put up as messages, which tell of connections and not of notes. */
class QuietClient extends LanguageClient {
	override error(message: string, data?: unknown): void {
		super.error(message, data, false);
	}
}
