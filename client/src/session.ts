import {
	type CancellationToken,
	type Disposable,
	type Event,
	EventEmitter,
	type ExtensionContext,
	type FileSystemWatcher,
	type LogOutputChannel,
	window,
} from 'vscode';
import type { RequestParam, RequestType } from 'vscode-jsonrpc';
import { DidChangeConfigurationNotification, type LanguageClient } from 'vscode-languageclient/node';
import { BenchmarkProgress, type BenchmarkProgressParams } from '../../server/src/protocol/benchmark.ts';
import { Control, type ControlParams, Told, type ToldParams } from '../../server/src/protocol/control.ts';
import { Doctor, type DoctorParams, type DoctorResult } from '../../server/src/protocol/doctor.ts';
import { ExplainSearch, type ExplainSearchResult } from '../../server/src/protocol/explainSearch.ts';
import { Graph, type GraphParams, type GraphResult } from '../../server/src/protocol/graph.ts';
import { Neo4jPassword } from '../../server/src/protocol/graphSync.ts';
import { Ledger, type LedgerParams, type LedgerResult } from '../../server/src/protocol/ledger.ts';
import {
	BackUp,
	type BackupParams,
	type BackupResult,
	DeleteData,
	type DeleteDataResult,
	type FolderParams,
	ListData,
	type ListDataResult,
	Maintain,
	type MaintainResult,
	Restore,
	type RestoreResult,
} from '../../server/src/protocol/maintenance.ts';
import {
	FetchModel,
	FetchProgress,
	type FetchProgressParams,
	ListModels,
	type ModelsResult,
} from '../../server/src/protocol/models.ts';
import {
	type Alert,
	AlertChanged,
	Performance,
	type PerformanceParams,
	type PerformanceResult,
} from '../../server/src/protocol/performance.ts';
import {
	CaptureCpuProfile,
	type Captured,
	CaptureHeapSnapshot,
	type CpuProfileParams,
	type HeapSnapshotParams,
	MemoryReport,
	type MemoryReportResult,
	RecordTrace,
	type RecordTraceParams,
} from '../../server/src/protocol/profiling.ts';
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
import { Status, type StatusResult } from '../../server/src/protocol/status.ts';
import {
	WhyNotFound,
	type WhyNotFoundParams,
	type WhyNotFoundResult,
} from '../../server/src/protocol/whyNotFound.ts';
import { Neo4jSecrets } from './neo4jSecrets.ts';
import { SearchServer } from './searchServer.ts';
import type { SessionState } from './sessionState.ts';
import { readStartOptions } from './startOptions.ts';

/** The search server as the editor sees it: typed calls, and what it tells. */
export class Session implements Disposable {
	readonly #fetched = new EventEmitter<FetchProgressParams>();
	/** While a model is downloaded. */
	readonly onDidFetch = this.#fetched.event;
	readonly #measured = new EventEmitter<MeasureProgressParams>();
	readonly onMeasureProgress = this.#measured.event;
	readonly #benchmarked = new EventEmitter<BenchmarkProgressParams>();
	readonly onBenchmarkProgress = this.#benchmarked.event;
	readonly neo4jSecrets: Neo4jSecrets;
	readonly #alerted = new EventEmitter<Alert>();
	/** A threshold was crossed, or is no longer. */
	readonly onDidAlert = this.#alerted.event;
	readonly #context: ExtensionContext;
	readonly #log: LogOutputChannel;
	readonly #server: SearchServer;

	constructor(context: ExtensionContext, log: LogOutputChannel, watchers: readonly FileSystemWatcher[]) {
		this.#context = context;
		this.neo4jSecrets = new Neo4jSecrets(context.secrets);
		this.#log = log;
		this.#server = new SearchServer(context, log, watchers, (client) => this.#listen(client));
	}

	get state(): SessionState {
		return this.#server.state;
	}

	get onDidChange(): Event<SessionState> {
		return this.#server.onDidChange;
	}

	/** Process id of the server, for tests and bug reports. */
	get serverPid(): number | undefined {
		return this.#server.pid;
	}

	/** Starts the server, unless it was started before. */
	start(): void {
		this.#server.start();
	}

	/** Starts the server anew after it was given up. */
	restart(): Promise<void> {
		return this.#server.restart();
	}

	/** Tells a running server the settings of now. */
	sendSettings(): void {
		this.#server.client
			?.sendNotification(DidChangeConfigurationNotification.type, {
				settings: readStartOptions(this.#context),
			})
			.catch((error: unknown) => this.#log.warn(`Settings could not be sent: ${error}`));
	}

	search(params: SearchParams, token?: CancellationToken): Promise<SearchResult> {
		return this.#server.ask((client) => client.sendRequest(Search, params, token));
	}

	related(params: RelatedParams, token?: CancellationToken): Promise<RelatedResult> {
		return this.#server.ask((client) => client.sendRequest(Related, params, token));
	}

	/** Any request; those that several views make have a method of their own. */
	ask<P, R>(type: RequestType<P, R, void>, params: RequestParam<P>, token?: CancellationToken): Promise<R> {
		return this.#server.ask((client) => client.sendRequest(type, params, token));
	}

	status(): Promise<StatusResult> {
		return this.#server.ask((client) => client.sendRequest(Status));
	}

	performance(params: PerformanceParams): Promise<PerformanceResult> {
		return this.#server.ask((client) => client.sendRequest(Performance, params));
	}

	graph(params: GraphParams, token?: CancellationToken): Promise<GraphResult> {
		return this.#server.ask((client) => client.sendRequest(Graph, params, token));
	}

	ledger(params: LedgerParams): Promise<LedgerResult> {
		return this.#server.ask((client) => client.sendRequest(Ledger, params));
	}

	whyNotFound(params: WhyNotFoundParams): Promise<WhyNotFoundResult> {
		return this.#server.ask((client) => client.sendRequest(WhyNotFound, params));
	}

	models(): Promise<ModelsResult> {
		return this.#server.ask((client) => client.sendRequest(ListModels));
	}

	/** Only after the user has agreed to the download. */
	fetchModel(name: string, token: CancellationToken): Promise<void> {
		return this.#server.ask((client) => client.sendRequest(FetchModel, { name }, token));
	}

	measureQuality(token: CancellationToken): Promise<MeasureQualityResult> {
		return this.#server.ask((client) => client.sendRequest(MeasureQuality, token));
	}

	applyWeights(params: ApplyWeightsParams): Promise<void> {
		return this.#server.ask((client) => client.sendRequest(ApplyWeights, params));
	}

	doctor(params: DoctorParams): Promise<DoctorResult> {
		return this.#server.ask((client) => client.sendRequest(Doctor, params));
	}

	explainSearch(params: SearchParams): Promise<ExplainSearchResult> {
		return this.#server.ask((client) => client.sendRequest(ExplainSearch, params));
	}

	captureCpuProfile(params: CpuProfileParams, token: CancellationToken): Promise<Captured> {
		return this.#server.ask((client) => client.sendRequest(CaptureCpuProfile, params, token));
	}

	captureHeapSnapshot(params: HeapSnapshotParams, token: CancellationToken): Promise<Captured> {
		return this.#server.ask((client) => client.sendRequest(CaptureHeapSnapshot, params, token));
	}

	recordTrace(params: RecordTraceParams, token: CancellationToken): Promise<Captured> {
		return this.#server.ask((client) => client.sendRequest(RecordTrace, params, token));
	}

	memoryReport(): Promise<MemoryReportResult> {
		return this.#server.ask((client) => client.sendRequest(MemoryReport, {}));
	}

	maintain(params: FolderParams, token: CancellationToken): Promise<MaintainResult> {
		return this.#server.ask((client) => client.sendRequest(Maintain, params, token));
	}

	backUp(params: BackupParams, token: CancellationToken): Promise<BackupResult> {
		return this.#server.ask((client) => client.sendRequest(BackUp, params, token));
	}

	restore(params: BackupParams, token: CancellationToken): Promise<RestoreResult> {
		return this.#server.ask((client) => client.sendRequest(Restore, params, token));
	}

	listData(): Promise<ListDataResult> {
		return this.#server.ask((client) => client.sendRequest(ListData));
	}

	/** Only after the user has agreed. */
	deleteData(): Promise<DeleteDataResult> {
		return this.#server.ask((client) => client.sendRequest(DeleteData));
	}

	control(action: ControlParams['action']): Promise<void> {
		return this.#server.ask((client) => client.sendRequest(Control, { action }));
	}

	/** Resolves when the server has stopped. */
	async dispose(): Promise<void> {
		await this.#server.dispose();
		this.#fetched.dispose();
		this.#measured.dispose();
		this.#benchmarked.dispose();
		this.#alerted.dispose();
	}

	#listen(client: LanguageClient): void {
		client.onNotification(Told, tell);
		client.onRequest(Neo4jPassword, async (of) => (await this.neo4jSecrets.get(of)) ?? null);
		client.onNotification(FetchProgress, (step) => this.#fetched.fire(step));
		client.onNotification(BenchmarkProgress, (progress) => this.#benchmarked.fire(progress));
		client.onNotification(AlertChanged, (alert) => this.#alerted.fire(alert));
		client.onNotification(MeasureProgress, (progress) => this.#measured.fire(progress));
	}
}

function tell({ kind, message }: ToldParams): void {
	if (kind === 'info') void window.showInformationMessage(message);
	else if (kind === 'warning') void window.showWarningMessage(message);
	else void window.showErrorMessage(message);
}
