import type {
	CancellationToken,
	Disposable,
	Event,
	ExtensionContext,
	FileSystemWatcher,
	LogOutputChannel,
} from 'vscode';
import type { RequestParam, RequestType } from 'vscode-jsonrpc';
import { DidChangeConfigurationNotification } from 'vscode-languageclient/node';
import { Control, type ControlParams } from '../../server/src/protocol/control.ts';
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
import { FetchModel, ListModels, type ModelsResult } from '../../server/src/protocol/models.ts';
import {
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
import { Neo4jSecrets } from './searchServer/neo4jSecrets.ts';
import { SearchServer } from './searchServer/searchServer.ts';
import { ServerEvents } from './searchServer/serverEvents.ts';
import { readStartOptions } from './searchServer/startOptions.ts';
import type { SessionState } from './sessionState.ts';

/** The search server as the editor sees it: typed calls, and what it tells. */
export class Session implements Disposable {
	readonly #events = new ServerEvents();
	/** While a model is downloaded. */
	readonly onDidFetch = this.#events.onDidFetch;
	readonly onMeasureProgress = this.#events.onMeasureProgress;
	readonly onBenchmarkProgress = this.#events.onBenchmarkProgress;
	/** A threshold was crossed, or is no longer. */
	readonly onDidAlert = this.#events.onDidAlert;
	readonly neo4jSecrets: Neo4jSecrets;
	readonly #context: ExtensionContext;
	readonly #log: LogOutputChannel;
	readonly #server: SearchServer;

	constructor(context: ExtensionContext, log: LogOutputChannel, watchers: readonly FileSystemWatcher[]) {
		this.#context = context;
		this.neo4jSecrets = new Neo4jSecrets(context.secrets);
		this.#log = log;
		this.#server = new SearchServer(context, log, watchers, (client) => {
			this.#events.listen(client);
			client.onRequest(Neo4jPassword, async (of) => (await this.neo4jSecrets.get(of)) ?? null);
		});
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
		this.#events.dispose();
	}
}
