import type { Embedder, ModelLibrary, ModelShelf } from '../../ports/models.ts';
import type { ModelOffer, ModelsResult } from '../../protocol/models.ts';
import type { Folder } from '../folder/folder.ts';
import { type CacheLimits, TtlCache } from '../ttlCache.ts';
import { QueryEncoder } from './queryEncoder.ts';

/**
 * Which model answers: one for all folders. When the settings ask for another, it reads every passage first, folder by
 * folder, and takes over once all are read; the one before is ended then.
 */
export class ModelInUse {
	readonly #library: ModelLibrary;
	readonly #shelf: ModelShelf;
	readonly #onState: () => void;
	readonly #encodings: TtlCache<Float32Array>;
	readonly #listening = new WeakSet<Embedder>();
	#serving: Embedder | undefined;
	#target: Embedder | undefined;
	#absent: string | undefined;

	/** `onState` is called with every change of a model's state. */
	constructor(
		{ library, models }: { readonly library: ModelLibrary; readonly models: ModelShelf },
		encodings: () => CacheLimits,
		onState: () => void,
	) {
		this.#library = library;
		this.#shelf = models;
		this.#onState = onState;
		this.#encodings = new TtlCache(encodings);
		this.#readWanted();
	}

	/** The model for a folder that is opened: the one in use, else the one wanted unless another has read more of it. */
	choose(coverage: ReadonlyMap<string, number>): Embedder {
		if (this.#serving !== undefined) return this.#serving;
		const here = [...coverage].filter(([id]) => this.#library.has(id)).sort((a, b) => b[1] - a[1]);
		const most = here[0];
		const wanted = this.#target?.model.id;
		const isWantedBest = wanted !== undefined && (coverage.get(wanted) ?? 0) >= (most?.[1] ?? 0);
		const id = isWantedBest ? wanted : (most?.[0] ?? this.#fallback);
		this.#serving = this.#embedder(id);
		return this.#serving;
	}

	/** The settings, or the models that are here, may have changed. */
	reconsider(folders: readonly Folder[]): void {
		this.#readWanted();
		this.settle(folders);
	}

	/** Brings the folders to the wanted model as far as they are ready for it. */
	settle(folders: readonly Folder[]): void {
		const target = this.#target ?? this.#serving;
		const indexers = folders.flatMap(({ indexer }) => indexer ?? []);
		if (target === undefined || indexers.length === 0) return;
		for (const indexer of indexers) indexer.switchTo(target);
		const behind = indexers.filter(({ embedder }) => embedder !== target);
		if (behind.length > 0) {
			if (behind.every(({ isSwitchReady }) => isSwitchReady))
				for (const indexer of behind) indexer.takeOver();
			return;
		}
		this.#serving = target;
		void this.#shelf.keepOnly([target.model.id]);
	}

	/** The model that questions to `folders` are read with. */
	answering(folders: readonly Folder[]): Embedder {
		const [first] = folders.flatMap(({ embedder }) => embedder ?? []);
		return first ?? this.#serving ?? this.#embedder(this.#target?.model.id ?? this.#fallback);
	}

	/** The same, which remembers questions. */
	encoder(folders: readonly Folder[]): Embedder {
		const first = this.answering(folders);
		// For a moment, some folders have changed their model already and others have not: no vector fits both.
		const isChanging = folders.some(({ embedder }) => embedder !== undefined && embedder !== first);
		return new QueryEncoder(first, this.#encodings, isChanging ? 'the model is being changed' : undefined);
	}

	/** The embedders at work: the one that answers, and the one to come. */
	get embedders(): readonly { readonly embedder: Embedder; readonly use: 'answers' | 'next' }[] {
		const serving = this.#serving ?? this.#target;
		const next = this.#target === serving ? undefined : this.#target;
		return [
			...(serving === undefined ? [] : [{ embedder: serving, use: 'answers' as const }]),
			...(next === undefined ? [] : [{ embedder: next, use: 'next' as const }]),
		];
	}

	/** Why the wanted model is not the one in use, when it can't be. */
	get problem(): string | undefined {
		return this.#absent;
	}

	/** Drops the vectors of questions. */
	forgetQuestions(): void {
		this.#encodings.clear();
	}

	get encodings() {
		return this.#encodings.status;
	}

	/** Every model that can be chosen, with what it would cost. */
	async offers(folders: readonly Folder[]): Promise<ModelsResult> {
		const passages = folders.reduce((sum, { index }) => sum + index.passageCount, 0);
		const coverages = await Promise.all(folders.map(async ({ store }) => store?.coverage()));
		const models = this.#library.list().map((info): ModelOffer => {
			const { name, modelId, repository, state, languages, isWanted, isHashKnown, bytes, cost } = info;
			const read = coverages.reduce((sum, coverage) => sum + (coverage?.get(modelId) ?? 0), 0);
			const passagesAhead = Math.max(0, passages - read);
			const msPerText = this.#paceOf(cost, folders);
			return {
				...{ name, modelId, repository, state, languages, isWanted, isHashKnown, passagesAhead },
				...(bytes === undefined ? {} : { bytes }),
				...(msPerText === undefined ? {} : { seconds: (passagesAhead * msPerText) / 1000 }),
			};
		});
		return { models, passages };
	}

	/** Milliseconds a text of a model that costs `cost`, from what the model in use takes here. */
	#paceOf(cost: number | undefined, folders: readonly Folder[]): number | undefined {
		const serving = this.#serving;
		const own = this.#library.list().find(({ modelId }) => modelId === serving?.model.id)?.cost;
		const paces = folders.flatMap(({ indexer }) =>
			indexer?.modelSwitch === undefined ? (indexer?.msPerText ?? []) : [],
		);
		const pace = paces.length > 0 ? Math.max(...paces) : serving?.msPerText;
		return cost === undefined || own === undefined || pace === undefined ? undefined : (pace / own) * cost;
	}

	get #fallback(): string {
		return this.#library.list().find(({ state }) => state === 'bundled')!.modelId;
	}

	#readWanted(): void {
		const wanted = this.#library.wanted();
		this.#target = wanted.kind === 'present' ? this.#embedder(wanted.modelId) : undefined;
		this.#absent = wanted.kind === 'absent' ? wanted.reason : undefined;
	}

	#embedder(id: string): Embedder {
		const embedder = this.#shelf.embedder(id);
		if (!this.#listening.has(embedder)) {
			this.#listening.add(embedder);
			embedder.onState(this.#onState);
		}
		return embedder;
	}
}
