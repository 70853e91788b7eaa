import type { LinkTarget } from '../../core/links/noteNames.ts';
import type { Guest, IndexDoor } from '../../ports/door.ts';
import type { NotePath } from '../../ports/files.ts';
import { Control, type ControlParams, Unindexed, type UnindexedResult } from '../../protocol/control.ts';
import {
	Export,
	type Exported,
	type ExportParams,
	Import,
	type Imported,
	LinkedNote,
	Settle,
	Update,
	type UpdateResult,
} from '../../protocol/door.ts';
import { Ledger, type LedgerParams, type LedgerResult } from '../../protocol/ledger.ts';
import { ListModels, type ModelsResult } from '../../protocol/models.ts';
import { Performance, type PerformanceParams, type PerformanceResult } from '../../protocol/performance.ts';
import {
	ApplyWeights,
	type ApplyWeightsParams,
	MeasureProgress,
	type MeasureProgressParams,
	MeasureQuality,
	type MeasureQualityResult,
} from '../../protocol/quality.ts';
import { Related, type RelatedParams, type RelatedResult } from '../../protocol/related.ts';
import { Search, type SearchParams, type SearchResult } from '../../protocol/search.ts';
import type { StatusResult } from '../../protocol/status.ts';
import { WhyNotFound, type WhyNotFoundParams, type WhyNotFoundResult } from '../../protocol/whyNotFound.ts';
import { Engine, type EngineParts } from '../engine.ts';
import type { Folder, FolderId } from '../folder.ts';
import { uriOfNote } from '../noteUri.ts';
import { Door } from './door.ts';
import { statusOf } from './doorStatus.ts';
import { FolderDoors } from './folderDoors.ts';
import { answerGuest } from './guestRequests.ts';
import {
	askForEntries,
	askForPage,
	mergeLedgers,
	mergeModels,
	mergeSearches,
	mergeStatus,
} from './mergeAnswers.ts';
import { placed, reasonPlaced } from './placed.ts';

export interface SharedEngineParts extends EngineParts {
	readonly doorOf: (id: FolderId) => { readonly door: IndexDoor; readonly indexFile: string };
	/** This process's id. */
	readonly pid: number;
	readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Settings that an index is made by: they are the leader's. */
const sharedSettings = [
	'model.preset',
	'indexing.enabled',
	'indexing.exclude',
	'search.language',
	'vectorIndex.kind',
] as const;

/**
 * An engine that shares each folder's index with the other processes on it: what it does not lead it asks for where it
 * is led, so that whoever calls it need not know.
 */
export class SharedEngine extends Engine {
	readonly #parts: SharedEngineParts;
	readonly #doors = new FolderDoors();
	readonly #indexFiles = new Map<string, string>();
	readonly #measuring = new Set<(progress: MeasureProgressParams) => void>();

	constructor(parts: SharedEngineParts) {
		super(parts);
		this.#parts = parts;
		this.onChanged(() => {
			for (const door of this.#doors.all()) door.ring();
		});
	}

	/** As the engine's; where another process leads, attaches to it. */
	async joinFolder(id: FolderId, { follow }: { readonly follow: boolean }): Promise<void> {
		const { door, indexFile } = this.#parts.doorOf(id);
		const shared = new Door(id, {
			door,
			follow,
			settings: () => {
				const settings = this.#parts.settings();
				return Object.fromEntries(sharedSettings.map((name) => [name, settings[name]]));
			},
			open: () => {
				const opened = super.addFolder(id, { follow });
				return { folder: this.folders().find((folder) => folder.id.uri === id.uri), opened };
			},
			close: () => super.removeFolder(id.uri),
			answer: (folder, method, params, signal, guest) =>
				answerGuest(this, folder, method, params, signal, guest ?? this.#self),
			modelsChanged: () => super.settingsChanged(),
			onChanged: () => this.announce(),
			onTold: (method, params) => this.#self.tell(method, params as object),
			warn: (message) => this.tell({ kind: 'warning', message }),
			wait: this.#parts.wait,
		});
		this.#doors.set(id.uri, shared);
		this.#indexFiles.set(id.uri, indexFile);
		await shared.enter();
	}

	override async removeFolder(uri: string): Promise<void> {
		const door = this.#doors.get(uri);
		this.#doors.delete(uri);
		await door?.close();
		this.announce();
	}

	override async search(
		params: SearchParams,
		signal: AbortSignal,
		only?: readonly Folder[],
	): Promise<SearchResult> {
		const away = only === undefined ? this.#doors.away() : [];
		if (away.length === 0) return super.search(params, signal, only);
		const settings = this.#parts.settings();
		const limit = settings['search.limit'];
		const home = this.#doors.home();
		const isMerged = home.length + away.length > 1;
		// What the asker's settings say of a question goes along with it.
		const precision = params.precision ?? settings['search.precision'];
		const asked = isMerged ? askForPage(params, limit) : { ...params, limit: params.limit ?? limit };
		const answers = await Promise.all([
			...(home.length === 0 ? [] : [super.search(asked, signal, home)]),
			...away.map(async (door) => {
				const answer = await door.ask(Search, () => ({ ...asked, precision }), signal);
				return { ...answer, hits: answer.hits.map((hit) => placed(door, hit)) };
			}),
		]);
		return mergeSearches(answers, params, limit);
	}

	override async related(params: RelatedParams, signal: AbortSignal): Promise<RelatedResult> {
		const place = this.#doors.locate(params.uri);
		if (place === undefined || place.door.home !== undefined) return super.related(params, signal);
		const { door, path } = place;
		const answer = await door.ask(Related, (uri) => ({ ...params, uri: uriOfNote(uri, path) }), signal);
		return { ...answer, related: answer.related.map((note) => placed(door, note)) };
	}

	override async whyNotFound(
		params: WhyNotFoundParams,
		signal: AbortSignal,
		only?: readonly Folder[],
	): Promise<WhyNotFoundResult> {
		if (only !== undefined) return super.whyNotFound(params, signal, only);
		const place = this.#doors.locate(params.uri);
		if (place === undefined || place.door.home !== undefined)
			return super.whyNotFound(params, signal, this.#doors.home());
		const { door, path } = place;
		const { state } = door;
		if (state.kind === 'off') return { note: path, state: 'off', reasons: [{ text: state.problem }] };
		let theirUri = door.id.uri;
		const paramsFor = (uri: string) => {
			theirUri = uri;
			return { ...params, uri: uriOfNote(uri, path) };
		};
		const answer = await door.ask(WhyNotFound, paramsFor, signal);
		return { ...answer, reasons: answer.reasons.map((reason) => reasonPlaced(door, reason, theirUri)) };
	}

	override async ledger(params: LedgerParams, only?: readonly Folder[]): Promise<LedgerResult> {
		if (only !== undefined) return super.ledger(params, only);
		const away = this.#doors
			.away()
			.filter(
				({ id, state }) => state.kind !== 'off' && (params.folder === undefined || params.folder === id.uri),
			);
		const { folder: _folder, ...asked } = askForEntries(params);
		const answers = await Promise.all([
			super.ledger({ ...params, ...asked }, this.#doors.home()),
			...away.map(async (door) => {
				const { entries, excluded, ...answer } = await door.ask(Ledger, () => asked, never);
				return {
					...answer,
					entries: entries.map((entry) => placed(door, entry)),
					excluded: excluded.map((exclusion) => ({ ...exclusion, folder: door.id.name })),
				};
			}),
		]);
		return mergeLedgers(answers, params);
	}

	override async models(only?: readonly Folder[]): Promise<ModelsResult> {
		if (only !== undefined) return super.models(only);
		const away = await Promise.all(
			this.#doors.away().map((door) => door.ask(ListModels, () => undefined, never)),
		);
		return mergeModels([await super.models(this.#doors.home()), ...away]);
	}

	override async fetchModel(
		name: string,
		onProgress: (doneBytes: number, totalBytes: number | undefined) => void,
		signal: AbortSignal,
	): Promise<void> {
		await super.fetchModel(name, onProgress, signal);
		for (const door of this.#doors.away()) door.modelsChanged();
	}

	override async measureQuality(
		onProgress: (progress: MeasureProgressParams) => void,
		signal: AbortSignal,
		only?: readonly Folder[],
	): Promise<MeasureQualityResult> {
		if (only !== undefined) return super.measureQuality(onProgress, signal, only);
		const { folders } = await super.measureQuality(onProgress, signal, this.#doors.home());
		const measured = [...folders];
		this.#measuring.add(onProgress);
		try {
			for (const door of this.#doors.away()) {
				const { folders } = await door.ask(MeasureQuality, () => undefined, signal);
				const { uri, name: folder } = door.id;
				measured.push(...folders.map((result) => ({ ...result, uri, folder })));
			}
		} finally {
			this.#measuring.delete(onProgress);
		}
		return { folders: measured };
	}

	override async applyWeights(params: ApplyWeightsParams): Promise<void> {
		const door = this.#doors.get(params.uri);
		if (door === undefined || door.home !== undefined) return super.applyWeights(params);
		await door.ask(ApplyWeights, (uri) => ({ ...params, uri }), never);
	}

	override async status(only?: readonly Folder[]): Promise<StatusResult> {
		if (only !== undefined) return super.status(only);
		const own = await super.status(this.#doors.home());
		const all = await Promise.all(
			this.#doors
				.all()
				.map((door) => statusOf(door, this.#indexFiles.get(door.id.uri)!, this.#parts.pid, own)),
		);
		const others = all.flatMap(({ whole }) => whole ?? []);
		return mergeStatus(
			own,
			others,
			all.map(({ folder }) => folder),
		);
	}

	/** Of this process, where it leads an index; else of the first that leads one. */
	override async performance(
		params: PerformanceParams,
		only?: readonly Folder[],
	): Promise<PerformanceResult> {
		const [away] = this.#doors.away();
		const isGuest = only === undefined && this.#doors.home().length === 0 && away !== undefined;
		if (isGuest) return away.ask(Performance, () => params, never);
		const { parts = [] } = only === undefined ? await this.status() : {};
		const own = await super.performance(params, only ?? this.#doors.home());
		return parts.length === 0 ? own : { ...own, health: parts };
	}

	override async unindexed(only?: readonly Folder[]): Promise<UnindexedResult> {
		if (only !== undefined) return super.unindexed(only);
		const { notes } = await super.unindexed(this.#doors.home());
		const others = await Promise.all(
			this.#doors.away().map(async (door) => {
				const { notes } = await door.ask(Unindexed, () => undefined, never);
				return notes.map((note) => placed(door, note));
			}),
		);
		return { notes: [...notes, ...others.flat()] };
	}

	override async control(params: ControlParams, only?: readonly Folder[]): Promise<void> {
		if (only !== undefined) return super.control(params, only);
		await super.control(params, this.#doors.home());
		await Promise.all(this.#doors.away().map((door) => door.ask(Control, () => params, never)));
	}

	/** Brings a folder's index up to date; returns what was done. */
	async update(folderUri: string, signal: AbortSignal): Promise<UpdateResult> {
		return this.#doors.get(folderUri)!.ask(Update, () => ({}), signal);
	}

	/** Returns when the graph of neighbours stands, where the folder has one: answers are the same from then on. */
	async settle(folderUri: string, signal: AbortSignal): Promise<void> {
		await this.#doors.get(folderUri)!.ask(Settle, () => ({}), signal);
	}

	/** See `exportVectors`; written by whoever leads. */
	async exportVectors(folderUri: string, params: ExportParams, signal: AbortSignal): Promise<Exported> {
		return this.#doors.get(folderUri)!.ask(Export, () => params, signal);
	}

	/** See `importVectors`; read by whoever leads. */
	async importVectors(folderUri: string, file: string, signal: AbortSignal): Promise<Imported> {
		return this.#doors.get(folderUri)!.ask(Import, () => ({ file }), signal);
	}

	/** The note that a link in the note at `uri` leads to. */
	async linkedNote(
		link: LinkTarget,
		uri: string,
		signal: AbortSignal,
	): Promise<{ readonly uri: string; readonly title: string } | undefined> {
		const place = this.#doors.locate(uri);
		if (place === undefined) return undefined;
		const { door, path: from } = place;
		const note = await door.ask(LinkedNote, () => ({ link, from }), signal);
		return note === null ? undefined : { uri: uriOfNote(door.id.uri, note.path), title: note.title };
	}

	/** The text on screen of an open note; `undefined` when it is closed. */
	setBuffer(uri: string, text: string | undefined): void {
		const place = this.#doors.locate(uri);
		place?.door.setBuffer(place.path, text);
	}

	/** The user is at the keyboard. */
	noteTyping(uri: string): void {
		this.#doors.locate(uri)?.door.noteTyping();
	}

	/** Files, or folders that are gone, as the editor or a watcher saw them. */
	filesChanged(changes: readonly { readonly uri: string; readonly isGone: boolean }[]): void {
		const changed = new Map<Door, { readonly path: NotePath; readonly isGone: boolean }[]>();
		for (const { uri, isGone } of changes) {
			const place = this.#doors.locate(uri);
			if (place === undefined) continue;
			const { door, path } = place;
			changed.set(door, [...(changed.get(door) ?? []), { path, isGone }]);
		}
		for (const [door, paths] of changed) door.pathsChanged(paths);
	}

	override async dispose(): Promise<void> {
		const closed = await Promise.allSettled(this.#doors.all().map((door) => door.close()));
		this.#doors.clear();
		await super.dispose();
		for (const outcome of closed) if (outcome.status === 'rejected') throw outcome.reason;
	}

	/** What leaders tell this process; and what it tells itself where it came to lead while it asked. */
	readonly #self: Guest = {
		tell: (method, params) => {
			if (method !== MeasureProgress.method) return;
			for (const listener of this.#measuring) listener(params as MeasureProgressParams);
		},
	};
}

/** For what is soon answered, or soon told that it won't be. */
const never = new AbortController().signal;
