import {
	type CancellationToken,
	type Disposable,
	EventEmitter,
	type ExtensionContext,
	type FileSystemWatcher,
	type LogOutputChannel,
	l10n,
	window,
} from 'vscode';
import {
	CloseAction,
	type CloseHandlerResult,
	DidChangeConfigurationNotification,
	type LanguageClient,
	State,
} from 'vscode-languageclient/node';
import { Control, type ControlParams, Told, type ToldParams } from '../../server/src/protocol/control.ts';
import { Ledger, type LedgerParams, type LedgerResult } from '../../server/src/protocol/ledger.ts';
import {
	FetchModel,
	FetchProgress,
	type FetchProgressParams,
	ListModels,
	type ModelsResult,
} from '../../server/src/protocol/models.ts';
import {
	ApplyWeights,
	type ApplyWeightsParams,
	MeasureProgress,
	type MeasureProgressParams,
	MeasureQuality,
	type MeasureQualityResult,
} from '../../server/src/protocol/quality.ts';
import { Related, type RelatedParams, type RelatedResult } from '../../server/src/protocol/related.ts';
import { Search, type SearchParams, type SearchResult } from '../../server/src/protocol/search.ts';
import { Status, StatusChanged, type StatusResult } from '../../server/src/protocol/status.ts';
import {
	WhyNotFound,
	type WhyNotFoundParams,
	type WhyNotFoundResult,
} from '../../server/src/protocol/whyNotFound.ts';
import { createClient } from './client.ts';
import { Crashes } from './crashes.ts';
import type { SessionState } from './sessionState.ts';
import { readStartOptions } from './startOptions.ts';

/** The search server as the editor sees it: typed calls, its state, and its restarts. */
export class Session implements Disposable {
	readonly #changed = new EventEmitter<SessionState>();
	readonly onDidChange = this.#changed.event;
	readonly #fetched = new EventEmitter<FetchProgressParams>();
	/** While a model is downloaded. */
	readonly onDidFetch = this.#fetched.event;
	readonly #measured = new EventEmitter<MeasureProgressParams>();
	readonly onMeasureProgress = this.#measured.event;
	readonly #context: ExtensionContext;
	readonly #log: LogOutputChannel;
	readonly #watchers: readonly FileSystemWatcher[];
	readonly #crashes = new Crashes();
	#state: SessionState = { kind: 'idle' };
	#client: LanguageClient | undefined;
	#hasRun = false;
	#saysRestart = false;

	constructor(context: ExtensionContext, log: LogOutputChannel, watchers: readonly FileSystemWatcher[]) {
		this.#context = context;
		this.#log = log;
		this.#watchers = watchers;
	}

	get state(): SessionState {
		return this.#state;
	}

	/** Process id of the server, for tests and bug reports. */
	get serverPid(): number | undefined {
		return this.#client?.serverProcess?.pid;
	}

	/** Starts the server, unless it was started before. */
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

	/** Starts the server anew after it was given up. */
	async restart(): Promise<void> {
		const client = this.#client;
		this.#client = undefined;
		this.#crashes.clear();
		this.#state = { kind: 'idle' };
		this.start();
		await stop(client);
	}

	/** Tells a running server the settings of now. */
	sendSettings(): void {
		if (this.#state.kind !== 'starting' && this.#state.kind !== 'running') return;
		const settings = readStartOptions(this.#context);
		this.#client
			?.sendNotification(DidChangeConfigurationNotification.type, { settings })
			.catch((error: unknown) => this.#log.warn(`Settings could not be sent: ${error}`));
	}

	search(params: SearchParams, token?: CancellationToken): Promise<SearchResult> {
		return this.#ask((client) => client.sendRequest(Search, params, token));
	}

	related(params: RelatedParams, token?: CancellationToken): Promise<RelatedResult> {
		return this.#ask((client) => client.sendRequest(Related, params, token));
	}

	status(): Promise<StatusResult> {
		return this.#ask((client) => client.sendRequest(Status));
	}

	ledger(params: LedgerParams): Promise<LedgerResult> {
		return this.#ask((client) => client.sendRequest(Ledger, params));
	}

	whyNotFound(params: WhyNotFoundParams): Promise<WhyNotFoundResult> {
		return this.#ask((client) => client.sendRequest(WhyNotFound, params));
	}

	models(): Promise<ModelsResult> {
		return this.#ask((client) => client.sendRequest(ListModels));
	}

	/** Only after the user has agreed to the download. */
	fetchModel(name: string, token: CancellationToken): Promise<void> {
		return this.#ask((client) => client.sendRequest(FetchModel, { name }, token));
	}

	measureQuality(token: CancellationToken): Promise<MeasureQualityResult> {
		return this.#ask((client) => client.sendRequest(MeasureQuality, token));
	}

	applyWeights(params: ApplyWeightsParams): Promise<void> {
		return this.#ask((client) => client.sendRequest(ApplyWeights, params));
	}

	control(action: ControlParams['action']): Promise<void> {
		return this.#ask((client) => client.sendRequest(Control, { action }));
	}

	/** Resolves when the server has stopped. */
	async dispose(): Promise<void> {
		const client = this.#client;
		this.#client = undefined;
		this.#set({ kind: 'stopped', reason: l10n.t('Jarvis was shut down.') });
		this.#changed.dispose();
		this.#fetched.dispose();
		this.#measured.dispose();
		await stop(client);
	}

	/** Waits for the server where it starts, and asks once more where it died over the question. */
	async #ask<R>(send: (client: LanguageClient) => Promise<R>): Promise<R> {
		const client = await this.#running();
		try {
			return await send(client);
		} catch (error) {
			if (this.#state.kind === 'running') throw error;
			return send(await this.#running());
		}
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
		client.onNotification(Told, tell);
		client.onNotification(FetchProgress, (step) => this.#fetched.fire(step));
		client.onNotification(MeasureProgress, (progress) => this.#measured.fire(progress));
		client.onDidChangeState(({ newState }) => {
			if (this.#client === client && newState === State.Running) this.#onRunning();
		});
		return client;
	}

	#onRunning(): void {
		this.#hasRun = true;
		this.#set({ kind: 'running', status: undefined });
		this.status().then(
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

function tell({ kind, message }: ToldParams): void {
	if (kind === 'info') void window.showInformationMessage(message);
	else if (kind === 'warning') void window.showWarningMessage(message);
	else void window.showErrorMessage(message);
}

/** A client that never ran, or is gone already, refuses to be stopped: there is nothing left to stop then. */
async function stop(client: LanguageClient | undefined): Promise<void> {
	await client?.dispose().catch(() => {});
}
