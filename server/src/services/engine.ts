import type { NotePath } from '../ports/files.ts';
import type { Embedder, ModelShelf } from '../ports/models.ts';
import type { Clock, Logger } from '../ports/system.ts';
import type { ControlParams, ToldParams, UnindexedResult } from '../protocol/control.ts';
import type { ModelsResult } from '../protocol/models.ts';
import type { ApplyWeightsParams, MeasureProgressParams, MeasureQualityResult } from '../protocol/quality.ts';
import type { RelatedParams, RelatedResult } from '../protocol/related.ts';
import type { SearchParams, SearchResult } from '../protocol/search.ts';
import type { StatusResult } from '../protocol/status.ts';
import type { Settings } from '../settings/schema.ts';
import { evaluateLinks } from './evalLinks.ts';
import type { Folder, FolderId } from './folder.ts';
import { Latencies } from './latencies.ts';
import { ModelInUse } from './modelInUse.ts';
import { pathWithin, uriOfNote } from './noteUri.ts';
import { findRelated } from './related.ts';
import { AnswerCache } from './search/answerCache.ts';
import { search } from './search/search.ts';
import { describeStatus } from './status.ts';

export interface EngineParts {
	readonly models: ModelShelf;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly settings: () => Settings;
	/** Settings that could not be used, in words. */
	readonly settingProblems: () => readonly string[];
	readonly makeFolder: (
		id: FolderId,
		chooseModel: (coverage: ReadonlyMap<string, number>) => Embedder,
		onProgress: () => void,
	) => Folder;
	/** How long an answer waits for a model that is not ready, before it goes out from keywords alone. */
	readonly patienceMs: number;
	readonly serverBytes: () => number;
	/** Ends what all folders share: database, reader, models. */
	readonly dispose: () => Promise<void>;
}

/** Everything Jarvis knows and does, for the folders of one workspace. Every front door is a client of it. */
export class Engine {
	readonly #parts: EngineParts;
	readonly #folders = new Map<string, Folder>();
	readonly #latencies = new Latencies();
	readonly #model: ModelInUse;
	readonly #answers: AnswerCache;
	readonly #changed = new Set<() => void>();
	readonly #told = new Set<(message: ToldParams) => void>();

	constructor(parts: EngineParts) {
		this.#parts = parts;
		const { models, settings } = parts;
		const limits = (cache: 'queries' | 'encodings') => () => ({
			size: settings()[`cache.${cache}.size`],
			ttlSeconds: settings()[`cache.${cache}.ttlSeconds`],
		});
		this.#model = new ModelInUse(models, limits('encodings'), () => this.announce());
		this.#answers = new AnswerCache(limits('queries'));
	}

	/** Opens a folder's index; with `follow`, keeps it up to date from then on. Throws where it can't be opened. */
	async addFolder(id: FolderId, { follow }: { readonly follow: boolean }): Promise<Folder> {
		const folder = this.#parts.makeFolder(
			id,
			(coverage) => this.#model.choose(coverage),
			() => {
				this.#model.settle(this.folders());
				this.announce();
			},
		);
		this.#folders.set(id.uri, folder);
		await this.#open(folder, follow);
		return folder;
	}

	async removeFolder(uri: string): Promise<void> {
		const folder = this.#folders.get(uri);
		this.#folders.delete(uri);
		await folder?.close();
		this.announce();
	}

	/** Here and below, `folders` are those to answer from, where it is not all. */
	async search(params: SearchParams, signal: AbortSignal, folders = this.folders()): Promise<SearchResult> {
		const { settings, patienceMs } = this.#parts;
		const embedder = this.#model.encoder(folders);
		const result = await this.#answers.answer(
			params,
			() => this.#basis(folders),
			() => search(folders, { embedder, settings, patienceMs }, params, signal),
		);
		this.#latencies.add(result.tookMs);
		this.announce();
		return result;
	}

	async related({ uri, line, limit }: RelatedParams, signal: AbortSignal): Promise<RelatedResult> {
		const place = this.locate(uri);
		if (place === undefined) return { kind: 'unknown', related: [] };
		return findRelated(place.folder, place.path, { line, limit }, signal);
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
		await this.#parts.models.fetch(name, onProgress, signal);
		this.settingsChanged();
	}

	/** Follows settings that have changed, by reading the folders and the choice of model anew. */
	settingsChanged(): void {
		this.#model.reconsider(this.folders());
		for (const folder of this.folders()) folder.indexer?.rescan();
		this.announce();
	}

	/** See `evaluateLinks`; one folder after the other. */
	async measureQuality(
		onProgress: (progress: MeasureProgressParams) => void,
		signal: AbortSignal,
		folders = this.folders(),
	): Promise<MeasureQualityResult> {
		const measured: MeasureQualityResult['folders'][number][] = [];
		for (const folder of folders) {
			const before = measured.reduce((sum, { pairs }) => sum + pairs, 0);
			const evaluation = await evaluateLinks(
				folder,
				(done, total) => onProgress({ done: before + done, total: before + total }),
				signal,
			);
			measured.push({ uri: folder.id.uri, folder: folder.id.name, ...evaluation });
		}
		return { folders: measured };
	}

	async applyWeights({ uri, weights }: ApplyWeightsParams): Promise<void> {
		await this.#folders.get(uri)?.setRelatedWeights(weights);
		this.announce();
	}

	async status(among = this.folders()): Promise<StatusResult> {
		const { settingProblems, serverBytes } = this.#parts;
		const folders = await Promise.all(among.map((folder) => folder.status()));
		const links = among.map(({ index }) => index.links.counts);
		const { problem } = this.#model;
		return describeStatus({
			folders,
			links,
			models: this.#model.embedders,
			latencies: this.#latencies,
			problems: [...(problem === undefined ? [] : [problem]), ...settingProblems()],
			serverBytes: serverBytes(),
			caches: { queries: this.#answers.status, encodings: this.#model.encodings },
		});
	}

	async unindexed(folders = this.folders()): Promise<UnindexedResult> {
		const notes = folders.flatMap(({ id, index }) =>
			[...index.notes()].flatMap(({ stamp: { path }, skipped }) =>
				skipped === undefined
					? []
					: [{ uri: uriOfNote(id.uri, path), folder: id.name, path, reason: skipped }],
			),
		);
		return { notes };
	}

	async control({ action }: ControlParams, folders = this.folders()): Promise<void> {
		for (const folder of folders) await this.#controlFolder(folder, action);
		this.announce();
	}

	folders(): readonly Folder[] {
		return [...this.#folders.values()];
	}

	/** The folder that a note lies in, the innermost where folders nest, and its path there. */
	locate(uri: string): { readonly folder: Folder; readonly path: NotePath } | undefined {
		const places = this.folders().flatMap((folder) => {
			const path = pathWithin(folder.id.uri, uri);
			return path === undefined ? [] : [{ folder, path }];
		});
		return places.sort((a, b) => a.path.length - b.path.length)[0];
	}

	/** Calls `listener` after anything that `status` tells of may have changed. */
	onChanged(listener: () => void): void {
		this.#changed.add(listener);
	}

	/** Calls `listener` with what the user should be told, once each. */
	onTold(listener: (message: ToldParams) => void): void {
		this.#told.add(listener);
	}

	async dispose(): Promise<void> {
		this.#changed.clear();
		this.#told.clear();
		const closed = await Promise.allSettled(this.folders().map((folder) => folder.close()));
		await this.#parts.dispose();
		for (const outcome of closed) if (outcome.status === 'rejected') throw outcome.reason;
	}

	async #open(folder: Folder, follow: boolean): Promise<void> {
		try {
			const { told } = await folder.open();
			if (told !== undefined) this.tell({ kind: 'warning', message: told });
			this.#model.settle(this.folders());
			if (follow) folder.follow();
		} finally {
			this.announce();
		}
	}

	async #controlFolder(folder: Folder, action: ControlParams['action']): Promise<void> {
		switch (action) {
			case 'pause':
				return folder.indexer?.pause();
			case 'resume':
				return folder.indexer?.resume();
			case 'rebuild':
				return folder.indexer === undefined ? this.#open(folder, true) : folder.indexer.rebuild();
			case 'delete':
				return folder.delete();
		}
	}

	/** What an answer is made from now, by identity: see `AnswerCache`. */
	#basis(folders: readonly Folder[]): readonly unknown[] {
		const embedder = this.#model.answering(folders);
		const indexes = folders.flatMap(({ index }) => [index, index.version]);
		return [this.#parts.settings(), embedder, embedder.state.kind === 'off', ...indexes];
	}

	/** To who listens by `onChanged`. */
	protected announce(): void {
		for (const listener of this.#changed) listener();
	}

	protected tell(message: ToldParams): void {
		for (const listener of this.#told) listener(message);
	}
}
