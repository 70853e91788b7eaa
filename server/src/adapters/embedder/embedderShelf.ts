import { join } from 'node:path';
import type {
	EmbeddingLimits,
	ModelInfo,
	ModelShelf,
	RunningModel,
	WantedModel,
} from '../../ports/models.ts';
import { type Logger, UserError } from '../../ports/system.ts';
import { findSource, type ModelSettings, type ModelSource, presetSources, presets } from './catalogue.ts';
import { ChildEmbedder } from './childEmbedder.ts';
import type { EmbedderTuning } from './embedderOptions.ts';
import { readInstalled } from './installed.ts';
import type { Device } from './messages.ts';
import { bundledModel, type ModelSpec } from './models.ts';
import { findModelFault } from './verify.ts';

export interface ShelfOptions {
	/** Bundle of `child.ts`. */
	readonly script: string;
	/** Folder of the model that ships. */
	readonly bundledDirectory: string;
	/** Folder below which fetched models lie. */
	readonly fetchedDirectory: () => string;
	readonly settings: () => ModelSettings & EmbeddingSettings;
	/** Processes that suit the machine. */
	readonly suitableProcesses: () => number;
	/** Tells the user what of the settings can't be had. */
	readonly onNotice: (message: string) => void;
	/** Puts the files of a model that are missing into a folder, and records them. */
	readonly fetchModel: (
		source: ModelSource,
		directory: string,
		onProgress: (doneBytes: number, totalBytes: number | undefined) => void,
		signal: AbortSignal,
	) => Promise<void>;
	readonly logger: Logger;
}

interface EmbeddingSettings {
	readonly 'embedding.processes': number | 'auto';
	readonly 'embedding.batchSize': number | 'auto';
	readonly 'embedding.priority': 'low' | 'normal';
	readonly 'embedding.device': Device;
	readonly 'embedding.cpuAffinity': string;
	readonly 'model.keepAliveMinutes': number;
}

/** The models on this machine, each with a process of its own while it is needed. */
export class EmbedderShelf implements ModelShelf {
	readonly #options: ShelfOptions;
	readonly #embedders = new Map<string, ChildEmbedder>();
	/** Beside those that answer, to try other settings. */
	readonly #trials = new Set<ChildEmbedder>();
	#limits: EmbeddingLimits = { processes: Number.POSITIVE_INFINITY, batchSize: Number.POSITIVE_INFINITY };
	#endedCpuMs = 0;

	constructor(options: ShelfOptions) {
		this.#options = options;
	}

	wanted(): WantedModel {
		const name = this.#options.settings()['model.preset'];
		const source = findSource(name, this.#options.settings());
		if (source === undefined) return { kind: 'absent', name, reason: noSuchModel(name) };
		const installed = this.#find(source);
		if (installed !== undefined) return { kind: 'present', modelId: installed.id };
		const reason = `The model ${name} is not on this machine. Fetch it with “Jarvis: Choose Model”, or \`jarvis model fetch ${name}\`.`;
		return { kind: 'absent', name, reason };
	}

	has(modelId: string): boolean {
		return this.#embedders.has(modelId) || this.#installed(modelId) !== undefined;
	}

	embedder(modelId: string): ChildEmbedder {
		const known = this.#embedders.get(modelId);
		if (known !== undefined) return known;
		const embedder = this.#make(modelId, () => this.#tuning());
		this.#embedders.set(modelId, embedder);
		return embedder;
	}

	/** The model in processes of its own, run in another way than the settings say; whoever asks for it disposes of it. */
	trial(modelId: string, tuning: Partial<EmbedderTuning>): ChildEmbedder {
		const embedder = this.#make(
			modelId,
			() => ({ ...this.#tuning(), ...tuning }),
			() => {},
		);
		this.#trials.add(embedder);
		const dispose = embedder.dispose.bind(embedder);
		embedder.dispose = () => {
			if (this.#trials.delete(embedder)) this.#endedCpuMs += embedder.cpuMs;
			return dispose();
		};
		return embedder;
	}

	/** What the settings come to. */
	get tuning(): EmbedderTuning {
		return this.#tuning();
	}

	async keepOnly(modelIds: readonly string[]): Promise<void> {
		const ended = [...this.#embedders].filter(([id]) => !modelIds.includes(id));
		for (const [id, { cpuMs }] of ended) {
			this.#embedders.delete(id);
			this.#endedCpuMs += cpuMs;
		}
		await Promise.all(ended.map(([, embedder]) => embedder.dispose()));
	}

	list(): readonly ModelInfo[] {
		return this.#sources().map((source) => this.#describe(source));
	}

	async fetch(
		name: string,
		onProgress: (doneBytes: number, totalBytes: number | undefined) => void,
		signal: AbortSignal,
	): Promise<void> {
		const source = findSource(name, this.#options.settings());
		if (source === undefined) throw new UserError(noSuchModel(name));
		if (this.#find(source) !== undefined) return;
		await this.#options.fetchModel(source, this.#directoryOf(source), onProgress, signal);
	}

	/** What is wrong with the files of each model that is here, checked by their SHA-256. */
	async verify(): Promise<readonly { readonly id: string; readonly fault: string | undefined }[]> {
		const models = this.#sources().flatMap((source) => this.#find(source) ?? []);
		return Promise.all(
			models.map(async (model) => ({
				id: model.id,
				fault: await findModelFault(this.#directoryOf(model), model),
			})),
		);
	}

	/** The embedder that has processes, else the wanted one; throws `UserError` where that is not here. */
	get atWork(): ChildEmbedder {
		const running = [...this.#embedders.values()].find(({ pids }) => pids.length > 0);
		if (running !== undefined) return running;
		const wanted = this.wanted();
		if (wanted.kind === 'absent') throw new UserError(wanted.reason);
		return this.embedder(wanted.modelId);
	}

	/** What is wrong with the model that the settings ask for. */
	async verifyWanted(): Promise<{ readonly name: string; readonly fault: string | undefined }> {
		const name = this.#options.settings()['model.preset'];
		const wanted = this.wanted();
		if (wanted.kind === 'absent') return { name, fault: wanted.reason };
		const model = this.#installed(wanted.modelId);
		return {
			name,
			fault: model === undefined ? undefined : await findModelFault(this.#directoryOf(model), model),
		};
	}

	/** Resident memory of all model processes, bytes. */
	memoryBytes(): number {
		return this.#all().reduce((sum, embedder) => sum + embedder.memoryBytes(), 0);
	}

	/** Processor time of all model processes there ever were, milliseconds. */
	cpuMs(): number {
		return this.#all().reduce((sum, { cpuMs }) => sum + cpuMs, this.#endedCpuMs);
	}

	running(): readonly RunningModel[] {
		return [...this.#embedders].flatMap(([modelId, { pids, device }]) =>
			pids.length === 0 ? [] : [{ modelId, pids, device }],
		);
	}

	limit(limits: EmbeddingLimits): void {
		this.#limits = limits;
		for (const embedder of this.#embedders.values()) embedder.unloadIdle(0, limits.processes);
	}

	unloadIdle(idleMs: number): void {
		for (const embedder of this.#embedders.values()) embedder.unloadIdle(idleMs);
	}

	async dispose(): Promise<void> {
		await Promise.all([...this.#trials].map((trial) => trial.dispose()));
		await this.keepOnly([]);
	}

	#all(): readonly ChildEmbedder[] {
		return [...this.#embedders.values(), ...this.#trials];
	}

	#make(modelId: string, tuning: () => EmbedderTuning, onNotice = this.#options.onNotice): ChildEmbedder {
		const model = this.#installed(modelId);
		if (model === undefined) throw new Error(`the model ${modelId} is not on this machine`);
		const { script, logger } = this.#options;
		const directory = this.#directoryOf(model);
		return new ChildEmbedder({ script, model, directory, onNotice, logger, tuning });
	}

	#tuning(): EmbedderTuning {
		const settings = this.#options.settings();
		const processes = settings['embedding.processes'];
		const batchSize = settings['embedding.batchSize'];
		const wanted = processes === 'auto' ? this.#options.suitableProcesses() : processes;
		return {
			priority: settings['embedding.priority'],
			device: settings['embedding.device'],
			cpuAffinity: settings['embedding.cpuAffinity'],
			keepAliveMinutes: settings['model.keepAliveMinutes'],
			processes: Math.min(wanted, this.#limits.processes),
			batchSize: batchSize === 'auto' ? undefined : batchSize,
			mostAtOnce: this.#limits.batchSize,
		};
	}

	#sources(): readonly ModelSource[] {
		const settings = this.#options.settings();
		const wanted = findSource(settings['model.preset'], settings);
		const all = presetSources();
		return wanted === undefined || wanted.preset !== undefined ? all : [...all, wanted];
	}

	#installed(modelId: string): ModelSpec | undefined {
		for (const source of this.#sources()) {
			const model = this.#find(source);
			if (model?.id === modelId) return model;
		}
		return undefined;
	}

	#find(source: ModelSource): ModelSpec | undefined {
		return source.id === bundledModel.id ? bundledModel : readInstalled(this.#directoryOf(source), source);
	}

	#directoryOf({ directory }: Pick<ModelSource, 'directory'>): string {
		const { bundledDirectory, fetchedDirectory } = this.#options;
		return directory === bundledModel.directory ? bundledDirectory : join(fetchedDirectory(), directory);
	}

	#describe(source: ModelSource): ModelInfo {
		const { id, preset, repository, languages, dimensions, files, cost } = source;
		const settings = this.#options.settings();
		const found = this.#find(source);
		const sizes = (found ?? source).files.map(({ bytes }) => bytes);
		return {
			...{ name: preset ?? repository, modelId: found?.id ?? id, repository, languages, cost },
			dimensions: found?.dimensions ?? dimensions,
			state: id === bundledModel.id ? 'bundled' : found === undefined ? 'absent' : 'fetched',
			bytes: sizes.includes(undefined) ? undefined : sizes.reduce<number>((sum, size) => sum + size!, 0),
			isHashKnown: files.every(({ sha256 }) => sha256.length > 0),
			directory: this.#directoryOf(source),
			isWanted: findSource(settings['model.preset'], settings)?.id === id,
		};
	}
}

function noSuchModel(name: string): string {
	return `jarvis.model.preset “${name}” is neither a preset (${presets.join(', ')}) nor a model id (owner/name).`;
}
