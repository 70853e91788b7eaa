import type { EmbeddingLimits, ModelShelf, RunningModel } from '../../ports/models.ts';
import { type Logger, UserError } from '../../ports/system.ts';
import type { DiskModelLibrary } from '../models/diskModelLibrary.ts';
import { ChildEmbedder } from './childEmbedder.ts';
import type { EmbedderTuning } from './embedderOptions.ts';
import type { Device } from './messages.ts';

export interface ShelfOptions {
	/** Bundle of `child.ts`. */
	readonly script: string;
	/** Where the models' files are. */
	readonly library: DiskModelLibrary;
	readonly settings: () => EmbeddingSettings;
	/** Processes that suit the machine. */
	readonly suitableProcesses: () => number;
	/** Tells the user what of the settings can't be had. */
	readonly onNotice: (message: string) => void;
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

/** The models at work, each with processes of its own while it is needed. */
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

	embedder(modelId: string): ChildEmbedder {
		const known = this.#embedders.get(modelId);
		if (known !== undefined) return known;
		const embedder = this.#make(modelId, () => this.tuning);
		this.#embedders.set(modelId, embedder);
		return embedder;
	}

	/** The model in processes of its own, run in another way than the settings say, until `endTrial`. */
	trial(modelId: string, tuning: Partial<EmbedderTuning>): ChildEmbedder {
		const embedder = this.#make(
			modelId,
			() => ({ ...this.tuning, ...tuning }),
			() => {},
		);
		this.#trials.add(embedder);
		return embedder;
	}

	async endTrial(embedder: ChildEmbedder): Promise<void> {
		if (this.#trials.delete(embedder)) await this.#end(embedder);
	}

	/** What the settings come to. */
	get tuning(): EmbedderTuning {
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

	/** The embedder that has processes, else the wanted one; throws `UserError` where that is not here. */
	get atWork(): ChildEmbedder {
		const running = [...this.#embedders.values()].find(({ pids }) => pids.length > 0);
		if (running !== undefined) return running;
		const wanted = this.#options.library.wanted();
		if (wanted.kind === 'absent') throw new UserError(wanted.reason);
		return this.embedder(wanted.modelId);
	}

	async keepOnly(modelIds: readonly string[]): Promise<void> {
		const ended = [...this.#embedders].filter(([id]) => !modelIds.includes(id));
		for (const [id] of ended) this.#embedders.delete(id);
		await Promise.all(ended.map(([, embedder]) => this.#end(embedder)));
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
		await Promise.all([...this.#trials].map((trial) => this.endTrial(trial)));
		await this.keepOnly([]);
	}

	#all(): readonly ChildEmbedder[] {
		return [...this.#embedders.values(), ...this.#trials];
	}

	#make(modelId: string, tuning: () => EmbedderTuning, onNotice = this.#options.onNotice): ChildEmbedder {
		const { library, script, logger } = this.#options;
		const installed = library.installed(modelId);
		if (installed === undefined) throw new Error(`the model ${modelId} is not on this machine`);
		return new ChildEmbedder({ ...installed, script, onNotice, logger, tuning });
	}

	#end(embedder: ChildEmbedder): Promise<void> {
		this.#endedCpuMs += embedder.cpuMs;
		return embedder.dispose();
	}
}
