import type { Clock, Embedder, Logger, NotePath } from '../ports.ts';
import type {
	ApplyWeightsParams,
	ControlParams,
	MeasureProgressParams,
	MeasureQualityResult,
	RelatedParams,
	RelatedResult,
	SearchParams,
	SearchResult,
	StatusResult,
	ToldParams,
	UnindexedResult,
} from '../protocol.ts';
import type { Settings } from '../settings.ts';
import { evaluateLinks } from './evalLinks.ts';
import type { Folder, FolderId } from './folder.ts';
import { Latencies } from './latencies.ts';
import { pathWithin, uriOfNote } from './noteUri.ts';
import { findRelated } from './related.ts';
import { search } from './search/search.ts';
import { describeStatus } from './status.ts';

export interface EngineParts {
	readonly embedder: Embedder;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly settings: () => Settings;
	/** Settings that could not be used, in words. */
	readonly settingProblems: () => readonly string[];
	readonly makeFolder: (id: FolderId, onProgress: () => void) => Folder;
	/** How long an answer waits for a model that is not ready, before it goes out from keywords alone. */
	readonly patienceMs: number;
	readonly serverBytes: () => number;
	/** Ends what all folders share: database, reader, model. */
	readonly dispose: () => Promise<void>;
}

/** Everything Jarvis knows and does, for the folders of one workspace. Every front door is a client of it. */
export class Engine {
	readonly #parts: EngineParts;
	readonly #folders = new Map<string, Folder>();
	readonly #latencies = new Latencies();
	readonly #changed = new Set<() => void>();
	readonly #told = new Set<(message: ToldParams) => void>();

	constructor(parts: EngineParts) {
		this.#parts = parts;
		parts.embedder.onState(() => this.#announce());
	}

	/** Opens a folder's index; with `follow`, keeps it up to date from then on. Throws where it can't be opened. */
	async addFolder(id: FolderId, { follow }: { readonly follow: boolean }): Promise<Folder> {
		const folder = this.#parts.makeFolder(id, () => this.#announce());
		this.#folders.set(id.uri, folder);
		await this.#open(folder, follow);
		return folder;
	}

	async removeFolder(uri: string): Promise<void> {
		const folder = this.#folders.get(uri);
		this.#folders.delete(uri);
		await folder?.close();
		this.#announce();
	}

	async search(params: SearchParams, signal: AbortSignal): Promise<SearchResult> {
		const result = await search(this.folders(), this.#parts, params, signal);
		this.#latencies.add(result.tookMs);
		this.#announce();
		return result;
	}

	async related({ uri, line, limit }: RelatedParams, signal: AbortSignal): Promise<RelatedResult> {
		const place = this.locate(uri);
		if (place === undefined) return { kind: 'unknown', related: [] };
		return findRelated(place.folder, place.path, { line, limit }, signal);
	}

	/** See `evaluateLinks`; one folder after the other. */
	async measureQuality(
		onProgress: (progress: MeasureProgressParams) => void,
		signal: AbortSignal,
	): Promise<MeasureQualityResult> {
		const measured: MeasureQualityResult['folders'][number][] = [];
		for (const folder of this.folders()) {
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
		this.#announce();
	}

	async status(): Promise<StatusResult> {
		const { embedder, settingProblems, serverBytes } = this.#parts;
		const folders = await Promise.all(this.folders().map((folder) => folder.status()));
		const links = this.folders().map(({ index }) => index.links.counts);
		return describeStatus(folders, links, embedder, this.#latencies, settingProblems(), serverBytes());
	}

	unindexed(): UnindexedResult {
		const notes = this.folders().flatMap(({ id, index }) =>
			[...index.notes()].flatMap(({ stamp: { path }, skipped }) =>
				skipped === undefined
					? []
					: [{ uri: uriOfNote(id.uri, path), folder: id.name, path, reason: skipped }],
			),
		);
		return { notes };
	}

	async control({ action }: ControlParams): Promise<void> {
		for (const folder of this.folders()) await this.#controlFolder(folder, action);
		this.#announce();
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
			if (told !== undefined) this.#tell({ kind: 'warning', message: told });
			if (follow) folder.follow();
		} finally {
			this.#announce();
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

	#announce(): void {
		for (const listener of this.#changed) listener();
	}

	#tell(message: ToldParams): void {
		for (const listener of this.#told) listener(message);
	}
}
