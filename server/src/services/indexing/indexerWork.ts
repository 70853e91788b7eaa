import { pathKey } from '../../core/indexing/notePath.ts';
import type { NotePath } from '../../ports/files.ts';
import { traced } from '../../tracing/spans.ts';
import { FolderModel } from '../embedding/folderModel.ts';
import type { ModelSwitch } from '../embedding/modelSwitch.ts';
import { PassageEmbedding } from '../embedding/passageEmbedding.ts';
import { Drafts } from './drafts.ts';
import type { IndexerParts } from './indexerParts.ts';
import { IndexerProgress } from './indexerProgress.ts';
import { Pace } from './pace.ts';
import { scanFolder } from './scanFolder.ts';
import { Unread } from './unread.ts';

/** So many are read before anyone could see it said, which would flicker at every note that is opened or saved. */
const fewNotes = 3;
/** Notes read together where memory is short. */
const notesWhenFrugal = 10;

/**
 * What there is to do for a folder, done one small step at a time: scan it, draft and read notes, embed passages, let
 * another model read them. Reading goes first, so that words are found at once and vectors follow.
 */
export class IndexerWork {
	readonly progress: IndexerProgress;
	readonly model: FolderModel;
	readonly pace: Pace;
	/** Reads fewer notes at a time, to need less memory. */
	isFrugal = false;
	readonly #parts: IndexerParts;
	readonly #rest: (ms: number) => Promise<void>;
	readonly #unread: Unread;
	readonly #drafts: Drafts;
	readonly #embedding: PassageEmbedding;
	#isScanWanted = true;

	/** `rest` waits so long, or until there is something new to do; `onModel` is called when the model's state changes. */
	constructor(parts: IndexerParts, rest: (ms: number) => Promise<void>, onModel: () => void) {
		this.#parts = parts;
		this.#rest = rest;
		this.progress = new IndexerProgress(parts);
		this.model = new FolderModel(parts, onModel);
		this.pace = new Pace(parts);
		this.#unread = new Unread(parts);
		this.#drafts = new Drafts(parts);
		this.#embedding = new PassageEmbedding(parts);
	}

	/** Begins, with the index loaded. */
	begin(): void {
		this.#embedding.find();
		this.model.listen();
	}

	get pendingNotes(): number {
		return this.#unread.size;
	}

	/** Texts without a vector of the model in use, and of the one to come. */
	get textsAhead(): number {
		return this.#embedding.size + (this.model.next?.ahead ?? 0);
	}

	/** Whether a note waits to be read. */
	isWaiting(path: NotePath): boolean {
		return this.#unread.has(path);
	}

	waitingPaths(): Iterable<NotePath> {
		return this.#unread.paths();
	}

	addChanged(paths: readonly NotePath[]): void {
		for (const path of paths) {
			this.#unread.add(path);
			if (this.#parts.buffers.has(pathKey(path))) this.#embedding.preferNoteAt(path);
		}
	}

	addScan(): void {
		this.#isScanWanted = true;
	}

	addAll(): void {
		for (const { stamp } of this.#parts.index.notes()) this.#unread.addForced(stamp.path);
		this.#isScanWanted = true;
	}

	/** Gives up all there is to do. */
	clear(): void {
		this.#isScanWanted = false;
		this.#unread.clear();
		this.#drafts.plan([]);
		this.#embedding.clear();
	}

	/** Does the next thing. `idle`: nothing is left that can be done now; `mains`: the model waits for them. Throws on abort. */
	async step(signal: AbortSignal): Promise<'more' | 'idle' | 'mains'> {
		if (this.#isScanWanted) await traced('index', 'scan', () => this.#scan(signal));
		else if (!this.#drafts.isDone) await traced('index', 'draft', () => this.#draft(signal));
		else if (this.#unread.size > 0) await traced('index', 'read', () => this.#readBatch(signal));
		else return traced('index', 'embed', () => this.#embed(signal));
		return 'more';
	}

	/** Lets the next model take over. */
	async takeOver(): Promise<void> {
		await this.model.takeOver();
		this.#embedding.find();
		this.#parts.onProgress();
	}

	async #scan(signal: AbortSignal): Promise<void> {
		// Later ones are a look that finds next to nothing: to say so would flicker.
		if (this.#parts.seen.excluded === undefined) this.progress.enter('scanning');
		this.#isScanWanted = false;
		try {
			const removed = await scanFolder(this.#parts, this.#unread, this.#drafts, signal);
			if (removed > 0) this.progress.count({ removed });
		} catch (error) {
			this.#isScanWanted = true;
			throw error;
		}
	}

	async #draft(signal: AbortSignal): Promise<void> {
		await this.#drafts.draftBatch(signal);
		this.#parts.onProgress();
	}

	async #readBatch(signal: AbortSignal): Promise<void> {
		if (this.#unread.size > fewNotes) this.progress.enter('reading');
		const asked = this.#parts.settings()['indexing.batchFiles'];
		const most = this.isFrugal ? Math.min(asked, notesWhenFrugal) : asked;
		const { passages, noteIds, read, removed } = await this.#unread.readBatch(most, signal);
		this.progress.count({ read, removed });
		const reused = await this.#embedding.take(passages, noteIds, this.model.embedder.model);
		this.progress.count({ reused });
	}

	async #embed(signal: AbortSignal): Promise<'more' | 'idle' | 'mains'> {
		if (this.textsAhead > 0 && this.pace.waitsForMains) return 'mains';
		if (this.#embedding.size > 0 && (await this.#embedBatch(signal))) return 'more';
		// While the model failed to answer, notes may have changed: words do not wait for it.
		if (this.#hasToRead) return 'more';
		const { next } = this.model;
		const isMore = next !== undefined && (await this.#switchBatch(next, signal));
		return isMore || this.#hasToRead ? 'more' : 'idle';
	}

	/** Returns whether anything was embedded: not so while the model is off. */
	async #embedBatch(signal: AbortSignal): Promise<boolean> {
		this.progress.enter('embedding');
		await this.#makeRoom();
		// Notes that changed meanwhile are not to wait for a batch.
		if (this.#hasToRead) return true;
		const began = this.#parts.clock.now();
		const { texts, reused, isOff } = await this.#embedding.embedBatch(this.model.embedder, signal);
		if (reused > 0) this.progress.count({ reused });
		this.progress.countTexts(texts, began);
		return !isOff;
	}

	/** Returns whether there may be more to do. */
	async #switchBatch(next: ModelSwitch, signal: AbortSignal): Promise<boolean> {
		await this.#makeRoom();
		if (this.#hasToRead) return true;
		const began = this.#parts.clock.now();
		const { texts, reused, isMore } = await this.model.step(next, signal);
		if (reused > 0) this.progress.count({ reused });
		if (texts > 0) this.progress.enter('embedding');
		this.progress.countTexts(texts, began);
		return isMore;
	}

	get #hasToRead(): boolean {
		return this.#isScanWanted || this.#unread.size > 0;
	}

	/** Rests as the pace asks for. */
	async #makeRoom(): Promise<void> {
		const ms = this.pace.restMs(this.progress.batchMs);
		if (ms > 0) await this.#rest(ms);
	}
}
