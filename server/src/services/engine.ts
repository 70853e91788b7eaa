import type { ControlParams, ToldParams } from '../protocol/control.ts';
import type { GraphParams, GraphResult } from '../protocol/graph.ts';
import type { LedgerParams, LedgerResult } from '../protocol/ledger.ts';
import type { ModelsResult } from '../protocol/models.ts';
import type { Alert, PerformanceParams, PerformanceResult } from '../protocol/performance.ts';
import type { ApplyWeightsParams, MeasureProgressParams, MeasureQualityResult } from '../protocol/quality.ts';
import type { RelatedParams, RelatedResult } from '../protocol/related.ts';
import type { SearchParams, SearchResult } from '../protocol/search.ts';
import type { StatusResult } from '../protocol/status.ts';
import type { SearchTeamParams } from '../protocol/team.ts';
import type { WhyNotFoundParams, WhyNotFoundResult } from '../protocol/whyNotFound.ts';
import type { Settings } from '../settings/schema.ts';
import type { EngineParts } from './engineParts.ts';
import { controlFolder } from './folder/controlFolder.ts';
import type { Folder, FolderId } from './folder/folder.ts';
import { GraphAnswers } from './graph/graphAnswers.ts';
import { Latencies } from './latencies.ts';
import { readLedger } from './ledger.ts';
import { governEngine } from './memory/governEngine.ts';
import type { MemoryGovernor } from './memory/memoryGovernor.ts';
import { ModelInUse } from './model/modelInUse.ts';
import { innermostWith } from './noteUri.ts';
import { describeHealth, wholeHealth } from './performance/describeHealth.ts';
import { monitorEngine } from './performance/monitorEngine.ts';
import type { PerformanceMonitor } from './performance/performanceMonitor.ts';
import { measureQuality } from './related/measureQuality.ts';
import { findRelated } from './related/related.ts';
import { AnswerCache } from './search/answerCache.ts';
import { search } from './search/search.ts';
import { describeStatus } from './status.ts';
import { searchTeam } from './team/searchTeam.ts';
import { whyNotFound } from './why/whyNotFound.ts';

/** Everything Jarvis knows and does, for the folders of one workspace. Every front door is a client of it. */
export class Engine {
	readonly #parts: EngineParts;
	readonly #folders = new Map<string, Folder>();
	readonly #latencies = new Latencies();
	readonly #model: ModelInUse;
	readonly #answers: AnswerCache;
	readonly #graphAnswers: GraphAnswers;
	readonly #memory: MemoryGovernor;
	readonly #monitor: PerformanceMonitor;
	readonly #alerts = new Set<(alert: Alert) => void>();
	readonly #changed = new Set<() => void>();

	constructor(parts: EngineParts) {
		this.#parts = parts;
		const { settings } = parts;
		const limits = (cache: 'queries' | 'encodings' | 'graph') => () => ({
			size: settings()[`cache.${cache}.size`],
			ttlSeconds: settings()[`cache.${cache}.ttlSeconds`],
		});
		this.#model = new ModelInUse(parts, limits('encodings'), () => this.#announce());
		this.#answers = new AnswerCache(limits('queries'));
		this.#graphAnswers = new GraphAnswers(limits('graph'), settings, () => parts.machine.physicalCores());
		this.#memory = governEngine({
			...parts,
			folders: () => this.folders(),
			emptyCaches: () => {
				this.#answers.clear();
				this.#graphAnswers.clear();
				this.#model.forgetQuestions();
			},
			onNotice: (message) => parts.notices.say(message),
			onChanged: () => this.#announce(),
		});
		this.#monitor = monitorEngine({
			...parts,
			folders: () => this.folders(),
			caches: () => this.#caches(),
			freeMemory: () => this.#memory.free(),
			onAlert: (alert) => {
				for (const listener of this.#alerts) listener(alert);
				this.#announce();
			},
		});
	}

	/** Opens a folder's index; with `follow`, keeps it up to date from then on. Throws where it can't be opened. */
	async addFolder(id: FolderId, { follow }: { readonly follow: boolean }): Promise<Folder> {
		const folder = this.#parts.makeFolder(
			id,
			(coverage) => this.#model.choose(coverage),
			() => {
				this.#model.settle(this.folders());
				this.#announce();
			},
		);
		this.#folders.set(id.uri, folder);
		await this.#open(folder, follow);
		return folder;
	}

	/** Tries again to open the index of a folder; as `addFolder`. */
	async reopen(folder: Folder, { follow }: { readonly follow: boolean }): Promise<void> {
		await this.#open(folder, follow);
	}

	async removeFolder(uri: string): Promise<void> {
		await this.#monitor.flush();
		const folder = this.#folders.get(uri);
		this.#folders.delete(uri);
		await folder?.close();
		this.#announce();
	}

	/** Here and below, `folders` are those to answer from, where it is not all. */
	async search(params: SearchParams, signal: AbortSignal, folders = this.folders()): Promise<SearchResult> {
		const { settings, patienceMs } = this.#parts;
		const embedder = this.#model.encoder(folders);
		const result = await this.#monitor.requests.watch(signal, () =>
			this.#answers.answer(
				params,
				() => this.#basis(folders),
				() => search(folders, { embedder, settings, patienceMs }, params, signal),
			),
		);
		this.#latencies.add(result.tookMs);
		this.#monitor.requests.addSearch(result, this.#parts.clock.now());
		this.#announce();
		return result;
	}

	/** A search for which nothing comes from a cache, and nothing goes into one. */
	searchAnew(params: SearchParams, signal: AbortSignal, folders: readonly Folder[]): Promise<SearchResult> {
		const { settings, patienceMs } = this.#parts;
		return search(
			folders,
			{ embedder: this.#model.answering(folders), settings, patienceMs },
			params,
			signal,
		);
	}

	/** See `searchTeam`; on the server of a folder's team. */
	searchTeam(folder: Folder, params: SearchTeamParams, signal: AbortSignal): Promise<SearchResult> {
		const { settings, patienceMs } = this.#parts;
		const embedder = this.#model.encoder([folder]);
		return folder.team.ask((team, others) => {
			const languages = [...new Set(others.flatMap(({ languages }) => languages))];
			const context = { team, languages, embedder, settings: settings(), patienceMs };
			return searchTeam(context, params, signal);
		}, signal);
	}

	async related({ uri, line, limit }: RelatedParams, signal: AbortSignal): Promise<RelatedResult> {
		const place = innermostWith(uri, this.folders());
		if (place === undefined) return { kind: 'unknown', related: [] };
		return this.#monitor.requests.watch(signal, () =>
			findRelated(place.holder, place.path, { line, limit }, signal),
		);
	}

	/** See `answerGraph`. */
	async graph(params: GraphParams, signal: AbortSignal): Promise<GraphResult> {
		const beganMs = performance.now();
		const { requests } = this.#monitor;
		const answer = await requests.watch(signal, () =>
			this.#graphAnswers.answer(this.#folders.get(params.folder), params, signal),
		);
		requests.addGraph(performance.now() - beganMs);
		return answer;
	}

	/** See `whyNotFound`; among all folders, as a question is answered. */
	async whyNotFound(
		params: WhyNotFoundParams,
		signal: AbortSignal,
		folders = this.folders(),
	): Promise<WhyNotFoundResult> {
		const { patienceMs, settings } = this.#parts;
		const embedder = this.#model.encoder(folders);
		const ask = (asked: SearchParams, by: Settings) =>
			search(folders, { embedder, settings: () => by, patienceMs }, asked, signal);
		const place = innermostWith(params.uri, folders);
		const context = { settings: settings(), search: ask };
		return this.#monitor.requests.watch(signal, () =>
			whyNotFound(place && { folder: place.holder, path: place.path }, params, context, signal),
		);
	}

	/** The models that can be chosen, and what each would cost. */
	models(folders = this.folders()): Promise<ModelsResult> {
		return this.#model.offers(folders);
	}

	/** Fetches a model's files: only ever called after the user has agreed. A model that is waited for is used then. */
	async fetchModel(
		name: string,
		onProgress: (doneBytes: number, totalBytes: number | undefined) => void,
		signal: AbortSignal,
	): Promise<void> {
		await this.#parts.library.fetch(name, onProgress, signal);
		this.settingsChanged();
	}

	/** Follows settings that have changed, by reading the folders and the choice of model anew. */
	settingsChanged(): void {
		this.#monitor.start();
		this.#model.reconsider(this.folders());
		for (const folder of this.folders()) {
			folder.indexer?.rescan();
			folder.neighbours?.reconsider();
			folder.graphServer.reconsider();
			folder.team.reconsider();
		}
		this.#announce();
	}

	/** See `evaluateLinks`. */
	measureQuality(
		onProgress: (progress: MeasureProgressParams) => void,
		signal: AbortSignal,
		folders = this.folders(),
	): Promise<MeasureQualityResult> {
		return measureQuality(folders, onProgress, signal);
	}

	async applyWeights({ uri, weights }: ApplyWeightsParams): Promise<void> {
		await this.#folders.get(uri)?.setRelatedWeights(weights);
		this.#announce();
	}

	async status(among = this.folders()): Promise<StatusResult> {
		const { settingProblems, machine, models } = this.#parts;
		const problems = [this.#model.problem, this.#memory.problem].flatMap((problem) => problem ?? []);
		const disks = await Promise.all(among.map(({ place }) => place?.disk()));
		const status = describeStatus({
			folders: await Promise.all(among.map((folder) => folder.status())),
			links: among.map(({ index }) => index.links.counts),
			models: this.#model.embedders,
			latencies: this.#latencies,
			problems: [...problems, ...settingProblems()],
			memory: await this.#memory.status(),
			eventLoop: machine.eventLoop(),
			running: models.running(),
			caches: this.#caches(),
		});
		const modelProblem = this.#model.problem;
		const parts = describeHealth(status, { disks: disks.flatMap((disk) => disk ?? []), modelProblem });
		return { ...status, health: wholeHealth(status.health, parts), parts };
	}

	/** What the monitor has seen, of this process; the health is that of the folders. */
	async performance(params: PerformanceParams, folders = this.folders()): Promise<PerformanceResult> {
		const { parts = [] } = await this.status(folders);
		return this.#monitor.read(params, parts, this.#latencies.quantile(0.95));
	}

	/** See `readLedger`. */
	async ledger(params: LedgerParams, folders: readonly Folder[] = this.folders()): Promise<LedgerResult> {
		return readLedger(folders, params);
	}

	async control({ action }: ControlParams, folders = this.folders()): Promise<void> {
		if (action === 'freeMemory') return this.#memory.free();
		if (action === 'clearCaches') return this.#clearCaches();
		for (const folder of folders) await controlFolder(folder, action, () => this.#open(folder, true));
		this.#announce();
	}

	folders(): readonly Folder[] {
		return [...this.#folders.values()];
	}

	/** Calls `listener` after anything that `status` tells of may have changed. */
	onChanged(listener: () => void): void {
		this.#changed.add(listener);
	}

	/** Calls `listener` when a threshold of performance is crossed, and when it is no longer. */
	onAlert(listener: (alert: Alert) => void): void {
		this.#alerts.add(listener);
	}

	/** Calls `listener` with what the user should be told, once each. */
	onTold(listener: (message: ToldParams) => void): void {
		this.#parts.notices.listen((message) => listener({ kind: 'warning', message }));
	}

	async dispose(): Promise<void> {
		this.#memory.stop();
		await this.#monitor.stop();
		this.#changed.clear();
		const closed = await Promise.allSettled(this.folders().map((folder) => folder.close()));
		await this.#parts.dispose();
		for (const outcome of closed) if (outcome.status === 'rejected') throw outcome.reason;
	}

	async #open(folder: Folder, follow: boolean): Promise<void> {
		try {
			await folder.open();
			this.#model.settle(this.folders());
			void this.#monitor.indexOpened();
			if (follow) folder.follow();
		} finally {
			this.#announce();
		}
	}

	#caches(): Required<StatusResult['caches']> {
		return {
			queries: this.#answers.status,
			encodings: this.#model.encodings,
			graph: this.#graphAnswers.status,
		};
	}

	async #clearCaches(): Promise<void> {
		this.#answers.clear();
		this.#model.forgetQuestions();
		await this.#parts.clearVectorCache();
		this.#announce();
	}

	/** What an answer is made from now, by identity: see `AnswerCache`. */
	#basis(folders: readonly Folder[]): readonly unknown[] {
		const embedder = this.#model.answering(folders);
		const indexes = folders.flatMap(({ index }) => [index, index.version]);
		return [this.#parts.settings(), embedder, embedder.state.kind === 'off', ...indexes];
	}

	/** To who listens by `onChanged`. */
	#announce(): void {
		for (const listener of this.#changed) listener();
	}
}
