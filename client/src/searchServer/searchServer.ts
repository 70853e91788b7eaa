import {
	type Disposable,
	EventEmitter,
	type ExtensionContext,
	type FileSystemWatcher,
	type LogOutputChannel,
	l10n,
	window,
} from 'vscode';
import { CloseAction, type CloseHandlerResult, type LanguageClient, State } from 'vscode-languageclient/node';
import { Status, StatusChanged, type StatusResult } from '../../../server/src/protocol/status.ts';
import type { SessionState } from '../sessionState.ts';
import { Crashes } from './crashes.ts';
import { createClient } from './languageClient.ts';

/** The process that searches: its start, its state, and its restarts after a crash. */
export class SearchServer implements Disposable {
	readonly #changed = new EventEmitter<SessionState>();
	readonly onDidChange = this.#changed.event;
	readonly #context: ExtensionContext;
	readonly #log: LogOutputChannel;
	readonly #watchers: readonly FileSystemWatcher[];
	readonly #listen: (client: LanguageClient) => void;
	readonly #crashes = new Crashes();
	#state: SessionState = { kind: 'idle' };
	#client: LanguageClient | undefined;
	#hasRun = false;
	#saysRestart = false;

	/** `listen` is given every client before it starts, to hear its notifications. */
	constructor(
		context: ExtensionContext,
		log: LogOutputChannel,
		watchers: readonly FileSystemWatcher[],
		listen: (client: LanguageClient) => void,
	) {
		this.#context = context;
		this.#log = log;
		this.#watchers = watchers;
		this.#listen = listen;
	}

	get state(): SessionState {
		return this.#state;
	}

	get pid(): number | undefined {
		return this.#client?.serverProcess?.pid;
	}

	/** Starts it, unless it was started before. */
	start(): void {
		if (this.#state.kind !== 'idle') return;
		const client = this.#newClient();
		this.#client = client;
		this.#hasRun = false;
		this.#set({ kind: 'starting' });
		client.start().catch((error: unknown) => {
			// Only the first start ends here; what fails later ends in `#onClosed`.
			if (this.#client === client) this.#giveUpAtStart(String(error));
		});
	}

	/** Starts it anew after it was given up. */
	async restart(): Promise<void> {
		const client = this.#client;
		this.#client = undefined;
		this.#crashes.clear();
		this.#state = { kind: 'idle' };
		this.start();
		await stop(client);
	}

	/** The client while a server starts or runs. */
	get client(): LanguageClient | undefined {
		return this.#state.kind === 'starting' || this.#state.kind === 'running' ? this.#client : undefined;
	}

	/** Waits for the server where it starts, and asks once more where it died over the question. */
	async ask<R>(send: (client: LanguageClient) => Promise<R>): Promise<R> {
		const client = await this.#running();
		try {
			return await send(client);
		} catch (error) {
			if (this.#state.kind === 'running') throw error;
			return send(await this.#running());
		}
	}

	/** Resolves when it has stopped. */
	async dispose(): Promise<void> {
		const client = this.#client;
		this.#client = undefined;
		this.#set({ kind: 'stopped', reason: l10n.t('Jarvis was shut down.') });
		this.#changed.dispose();
		await stop(client);
	}

	async #running(): Promise<LanguageClient> {
		this.start();
		while (this.#state.kind === 'starting') await this.#nextChange();
		if (this.#state.kind === 'stopped') throw new Error(this.#state.reason);
		return this.#client!;
	}

	#nextChange(): Promise<void> {
		return new Promise((resolve) => {
			const subscription = this.onDidChange(() => {
				subscription.dispose();
				resolve();
			});
		});
	}

	#set(state: SessionState): void {
		this.#state = state;
		this.#changed.fire(state);
	}

	#newClient(): LanguageClient {
		const client: LanguageClient = createClient(this.#context, this.#log, this.#watchers, () =>
			this.#onClosed(client),
		);
		client.onNotification(StatusChanged, (status) => {
			if (this.#client === client) this.#set({ kind: 'running', status });
		});
		this.#listen(client);
		client.onDidChangeState(({ newState }) => {
			if (this.#client === client && newState === State.Running) this.#onRunning();
		});
		return client;
	}

	#onRunning(): void {
		this.#hasRun = true;
		this.#set({ kind: 'running', status: undefined });
		this.ask((client): Promise<StatusResult> => client.sendRequest(Status)).then(
			// A `StatusChanged` that overtook this answer is newer.
			(status) =>
				this.#state.kind === 'running' && !this.#state.status && this.#set({ kind: 'running', status }),
			(error: unknown) => this.#log.warn(`No status from the search server: ${error}`),
		);
		if (!this.#saysRestart) return;
		this.#saysRestart = false;
		void window
			.showWarningMessage(
				l10n.t("Jarvis's search server stopped and was restarted; nothing in the index is lost."),
				l10n.t('Show Log'),
			)
			.then((choice) => choice && this.#log.show());
	}

	#onClosed(client: LanguageClient): CloseHandlerResult {
		const stay = { action: CloseAction.DoNotRestart, handled: true };
		if (this.#client !== client || this.#state.kind === 'stopped') return stay;
		if (!this.#hasRun) {
			this.#giveUpAtStart(l10n.t('It ended before it was ready.'));
			return stay;
		}
		const verdict = this.#crashes.add(Date.now());
		this.#log.error(`The search server stopped unexpectedly (${verdict}).`);
		if (verdict === 'giveUp') {
			this.#giveUp(
				l10n.t("Jarvis's search server keeps stopping and is not restarted any more. The log tells more."),
			);
			return stay;
		}
		this.#saysRestart ||= verdict === 'restartAndSay';
		this.#set({ kind: 'starting' });
		return { action: CloseAction.Restart, handled: true };
	}

	#giveUpAtStart(cause: string): void {
		if (this.#state.kind === 'stopped') return;
		this.#log.error(`The search server did not start: ${cause}`);
		this.#giveUp(l10n.t("Jarvis's search server did not start. {0}", cause));
	}

	#giveUp(reason: string): void {
		this.#set({ kind: 'stopped', reason });
		const restart = l10n.t('Restart');
		const showLog = l10n.t('Show Log');
		void window.showErrorMessage(reason, restart, showLog).then((choice) => {
			if (choice === restart) void this.restart();
			if (choice === showLog) this.#log.show();
		});
	}
}

/** A client that never ran, or is gone already, refuses to be stopped: there is nothing left to stop then. */
async function stop(client: LanguageClient | undefined): Promise<void> {
	await client?.dispose().catch(() => {});
}
