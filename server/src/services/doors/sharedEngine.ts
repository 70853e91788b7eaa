import type { RequestType } from 'vscode-jsonrpc';
import type { LinkTarget } from '../../core/links/noteNames.ts';
import type { OwnData } from '../../ports/ownData.ts';
import type { ControlParams, ToldParams } from '../../protocol/control.ts';
import { type PathChange, Update, type UpdateResult } from '../../protocol/door.ts';
import type { SearchExplanation } from '../../protocol/explainSearch.ts';
import { Graph, type GraphParams, type GraphResult } from '../../protocol/graph.ts';
import type { LedgerParams, LedgerResult } from '../../protocol/ledger.ts';
import type { DeleteDataResult, ListDataResult } from '../../protocol/maintenance.ts';
import type { ModelsResult } from '../../protocol/models.ts';
import {
	type Alert,
	AlertChanged,
	type PerformanceParams,
	type PerformanceResult,
} from '../../protocol/performance.ts';
import { ApplyWeights, type ApplyWeightsParams } from '../../protocol/quality.ts';
import type { RelatedParams, RelatedResult } from '../../protocol/related.ts';
import type { SearchParams, SearchResult } from '../../protocol/search.ts';
import type { StatusResult } from '../../protocol/status.ts';
import type { WhyNotFoundParams, WhyNotFoundResult } from '../../protocol/whyNotFound.ts';
import type { Engine } from '../engine.ts';
import type { FolderId } from '../folder/folder.ts';
import { deleteData } from '../maintenance/deleteData.ts';
import type { Answerers } from './asking/answerers.ts';
import { linkedFrom, relatedTo, whyNotFoundAt } from './asking/askAboutNote.ts';
import { controlAll, ledgerOfAll, modelsOfAll, performanceOfLeader, statusOfAll } from './asking/askAll.ts';
import { askFolder } from './asking/askFolder.ts';
import { askLeaders, explainAll } from './asking/askLeaders.ts';
import { Measurements } from './asking/measurements.ts';
import { searchWithTeam, type TeamParts } from './asking/searchWithTeam.ts';
import { EditorEvents } from './editorEvents.ts';
import { FolderDoors } from './folderDoors.ts';
import { Hearing } from './hearing.ts';
import { type DoorMakerParts, makeDoor } from './makeDoor.ts';

export interface SharedEngineParts extends DoorMakerParts {
	readonly ownData: OwnData;
	readonly team: TeamParts;
	/** This process's id. */
	readonly pid: number;
}

/** For what is soon answered, or soon told that it won't be. */
const never = new AbortController().signal;

/**
 * An engine and, for each folder, the door to its index, which another process may lead: what is not led here is asked for
 * where it is led, so that whoever calls need not know.
 */
export class SharedEngine {
	readonly #parts: SharedEngineParts;
	readonly #engine: Engine;
	readonly #doors = new FolderDoors();
	readonly #answerers: Answerers;
	readonly #changed = new Set<() => void>();
	/** What leaders tell this process; and what it tells itself where it came to lead while it asked. */
	readonly #hearing = new Hearing();
	readonly measure: Measurements;
	/** What the editor sees. */
	readonly editor: EditorEvents = new EditorEvents(this.#doors);

	constructor(parts: SharedEngineParts) {
		this.#parts = parts;
		this.#engine = parts.engine;
		this.#answerers = { engine: parts.engine, doors: this.#doors, settings: parts.settings };
		this.measure = new Measurements({
			...{ answerers: this.#answerers, hearing: this.#hearing },
			doorOf: (id) => parts.doorOf(id).door,
		});
		// Guests hear of changes that were made here, and of no others: two processes that are each other's guests would
		// tell each other for ever.
		parts.engine.onChanged(() => {
			for (const door of this.#doors.all()) door.ring();
			this.#announce();
		});
		parts.engine.onAlert((alert) => {
			for (const door of this.#doors.all()) door.tellGuests(AlertChanged.method, alert);
		});
	}

	/** Opens a folder's index, or attaches to who leads it; with `follow`, has it kept up to date. Throws where neither can be. */
	async joinFolder(id: FolderId, { follow }: { readonly follow: boolean }): Promise<void> {
		const door = makeDoor(this.#parts, id, follow, this.#hearing, () => this.#announce());
		this.#doors.set(id.uri, door);
		await door.enter();
	}

	async removeFolder(uri: string): Promise<void> {
		const door = this.#doors.get(uri);
		this.#doors.delete(uri);
		await door?.close();
		this.#announce();
	}

	search(params: SearchParams, signal: AbortSignal): Promise<SearchResult> {
		return searchWithTeam(this.#answerers, this.#parts.team, params, signal);
	}

	related(params: RelatedParams, signal: AbortSignal): Promise<RelatedResult> {
		return relatedTo(this.#answerers, params, signal);
	}

	graph(params: GraphParams, signal: AbortSignal): Promise<GraphResult> {
		return this.askFolder(Graph, params.folder, (folder) => ({ ...params, folder }), signal);
	}

	whyNotFound(params: WhyNotFoundParams, signal: AbortSignal): Promise<WhyNotFoundResult> {
		return whyNotFoundAt(this.#answerers, params, signal);
	}

	ledger(params: LedgerParams): Promise<LedgerResult> {
		return ledgerOfAll(this.#answerers, params);
	}

	models(): Promise<ModelsResult> {
		return modelsOfAll(this.#answerers);
	}

	/** As the engine's; the other leaders are told. */
	async fetchModel(
		name: string,
		onProgress: (doneBytes: number, totalBytes: number | undefined) => void,
		signal: AbortSignal,
	): Promise<void> {
		await this.#engine.fetchModel(name, onProgress, signal);
		for (const door of this.#doors.away()) door.window.modelsChanged();
	}

	/** Follows settings that have changed, in the folders led here. */
	settingsChanged(): void {
		this.#engine.settingsChanged();
	}

	async applyWeights(params: ApplyWeightsParams): Promise<void> {
		const door = this.#doors.get(params.uri);
		if (door === undefined || door.home !== undefined) return this.#engine.applyWeights(params);
		await door.ask(ApplyWeights, (uri) => ({ ...params, uri }), never);
	}

	status(): Promise<StatusResult> {
		return statusOfAll(this.#answerers, this.#parts.pid);
	}

	control(params: ControlParams): Promise<void> {
		return controlAll(this.#answerers, params);
	}

	/** See `performanceOfLeader`. */
	performance(params: PerformanceParams): Promise<PerformanceResult> {
		return performanceOfLeader(this.#answerers, params, this.#parts.pid);
	}

	/** Asks whoever leads one of the folders. Throws `UserError` where there is no such folder. */
	askFolder<P, R>(
		type: RequestType<P, R, void>,
		folderUri: string,
		paramsFor: (folderUri: string) => NoInfer<P>,
		signal: AbortSignal,
	): Promise<R> {
		return askFolder(this.#doors, type, folderUri, paramsFor, signal);
	}

	/** See `askLeaders`. */
	askLeaders<P, R>(
		type: RequestType<P, R, void>,
		params: P,
		signal: AbortSignal,
		most?: number,
	): Promise<readonly R[]> {
		return askLeaders(this.#answerers, this.#parts.instruments, type, params, signal, most);
	}

	/** See `explainSearch`; one of each process that leads a folder. */
	explainSearch(params: SearchParams, signal: AbortSignal): Promise<readonly SearchExplanation[]> {
		return explainAll(this.#answerers, this.#parts.instruments, params, signal);
	}

	/** Brings a folder's index up to date, where `changes` are given only with those; returns what was done. */
	update(folderUri: string, signal: AbortSignal, changes?: readonly PathChange[]): Promise<UpdateResult> {
		const params = changes === undefined ? {} : { changes };
		return this.#doors.get(folderUri)!.ask(Update, () => params, signal);
	}

	/** Everything that Jarvis keeps on this machine. */
	async listData(): Promise<ListDataResult> {
		return { items: await this.#parts.ownData.list() };
	}

	/** See `deleteData`. */
	deleteData(): Promise<DeleteDataResult> {
		const closeOwn = () => this.#engine.control({ action: 'delete' }, this.#doors.home());
		return deleteData(this.#parts.ownData, closeOwn);
	}

	/** The note that a link in the note at `uri` leads to. */
	linkedNote(link: LinkTarget, uri: string, signal: AbortSignal): ReturnType<typeof linkedFrom> {
		return linkedFrom(this.#answerers, link, uri, signal);
	}

	/** Calls `listener` after anything that `status` tells of may have changed, here or where a folder is led. */
	onChanged(listener: () => void): void {
		this.#changed.add(listener);
	}

	/** Calls `listener` when a threshold of performance is crossed, here or where a folder is led, and when it is no longer. */
	onAlert(listener: (alert: Alert) => void): void {
		this.#engine.onAlert(listener);
		// Of a process that leads several folders it comes by each door.
		this.#hearing.listenToChanges(AlertChanged, listener);
	}

	/** Calls `listener` with what the user should be told, once each. */
	onTold(listener: (message: ToldParams) => void): void {
		this.#engine.onTold(listener);
	}

	async dispose(): Promise<void> {
		const closed = await Promise.allSettled(this.#doors.all().map((door) => door.close()));
		this.#doors.clear();
		this.#changed.clear();
		await this.#engine.dispose();
		for (const outcome of closed) if (outcome.status === 'rejected') throw outcome.reason;
	}

	#announce(): void {
		for (const listener of this.#changed) listener();
	}
}
