import type { ControlParams, ToldParams } from '../protocol/control.ts';
import type { ModelsResult } from '../protocol/models.ts';
import type { Alert, PerformanceParams, PerformanceResult } from '../protocol/performance.ts';
import type { ApplyWeightsParams } from '../protocol/quality.ts';
import type { StatusResult } from '../protocol/status.ts';
import { Answers } from './answers.ts';
import type { EngineParts } from './engineParts.ts';
import { controlFolder } from './folder/controlFolder.ts';
import type { Folder, FolderId } from './folder/folder.ts';
import { governEngine } from './memory/governEngine.ts';
import type { MemoryGovernor } from './memory/memoryGovernor.ts';
import { ModelInUse } from './model/modelInUse.ts';
import { describeHealth, wholeHealth } from './performance/describeHealth.ts';
import { monitorEngine } from './performance/monitorEngine.ts';
import type { PerformanceMonitor } from './performance/performanceMonitor.ts';
import { describeStatus } from './status.ts';

/** Everything Jarvis knows and does, for the folders of one workspace: holds them, and what they share. */
export class Engine {
	/** What is asked of the notes. */
	readonly answers: Answers;
	readonly #parts: EngineParts;
	readonly #folders = new Map<string, Folder>();
	readonly #model: ModelInUse;
	readonly #memory: MemoryGovernor;
	readonly #monitor: PerformanceMonitor;
	readonly #alerts = new Set<(alert: Alert) => void>();
	readonly #changed = new Set<() => void>();

	constructor(parts: EngineParts) {
		this.#parts = parts;
		const limitsOf = (cache: 'queries' | 'encodings' | 'graph') => {
			const settings = parts.settings();
			return { size: settings[`cache.${cache}.size`], ttlSeconds: settings[`cache.${cache}.ttlSeconds`] };
		};
		const folders = () => this.folders();
		const onChanged = () => this.#announce();
		this.#model = new ModelInUse(parts, () => limitsOf('encodings'), onChanged);
		this.#memory = governEngine({
			...parts,
			...{ folders, onChanged },
			emptyCaches: () => {
				this.answers.forget();
				this.#model.forgetQuestions();
			},
			onNotice: (message) => parts.notices.say(message),
		});
		this.#monitor = monitorEngine({
			...parts,
			folders,
			caches: () => this.#caches(),
			freeMemory: () => this.#memory.free(),
			onAlert: (alert) => {
				for (const listener of this.#alerts) listener(alert);
				this.#announce();
			},
		});
		const { requests } = this.#monitor;
		this.answers = new Answers({
			...{ ...parts, folders, limitsOf, requests },
			model: this.#model,
			onSearched: onChanged,
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

	/** The models that can be chosen, and what each would cost. Here and below, `folders` are those asked of, where it is not all. */
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
			latencies: this.answers.latencies,
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
		return this.#monitor.read(params, parts, this.answers.latencies.quantile(0.95));
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
		return { ...this.answers.caches, encodings: this.#model.encodings };
	}

	async #clearCaches(): Promise<void> {
		this.answers.forgetSearches();
		this.#model.forgetQuestions();
		await this.#parts.clearVectorCache();
		this.#announce();
	}

	/** To who listens by `onChanged`. */
	#announce(): void {
		for (const listener of this.#changed) listener();
	}
}
