import { pathKey } from '../../core/indexing/notePath.ts';
import type { FileStamp, NotePath } from '../../ports/files.ts';
import type { NoteReader, ReadResult } from '../../ports/reader.ts';
import type { Clock } from '../../ports/system.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';
import { ChangeBuilder } from './changeBuilder.ts';
import { inSlices } from './inSlices.ts';

/** Notes drafted between two looks at what else there is to do. */
const notesPerBatch = 50;

export interface DraftsParts {
	readonly reader: NoteReader;
	readonly index: FolderIndex;
	readonly clock: Clock;
	readonly buffers: ReadonlyMap<NotePath, string>;
}

/**
 * Makes the words of notes that were never indexed findable at once, in memory only: what is read of a draft is
 * replaced when its note is read whole, and nothing of it is stored.
 */
export class Drafts {
	readonly #parts: DraftsParts;
	#waiting: readonly FileStamp[] = [];
	/** The next batch, read by the reader's thread while the one before is taken in here. */
	#ahead: Promise<readonly Draft[]> | undefined;

	constructor(parts: DraftsParts) {
		this.#parts = parts;
	}

	get isDone(): boolean {
		return this.#waiting.length === 0 && this.#ahead === undefined;
	}

	/** Notes to draft, the first of them first, in place of those still waiting. */
	plan(stamps: readonly FileStamp[]): void {
		this.#waiting = stamps;
		this.#ahead = undefined;
	}

	/** Drafts the next notes; those that have been read whole by now are passed over. */
	async draftBatch(signal: AbortSignal): Promise<void> {
		const { index, clock } = this.#parts;
		const reading = this.#ahead ?? this.#readNext(signal);
		this.#ahead = this.#waiting.length === 0 ? undefined : this.#readNext(signal);
		// It may fail while nothing waits for it yet; whoever does is told.
		this.#ahead?.catch(() => {});
		const change = new ChangeBuilder(index, clock, 'draft');
		for (const { stamp, result } of await reading) {
			if (result.kind === 'read' && index.noteAt(stamp.path) === undefined) change.add(stamp, result);
		}
		await inSlices(change.build(), (piece) => index.applyDrafts(piece));
	}

	#readNext(signal: AbortSignal): Promise<readonly Draft[]> {
		const { reader, buffers } = this.#parts;
		const batch = this.#waiting.slice(0, notesPerBatch);
		this.#waiting = this.#waiting.slice(notesPerBatch);
		return Promise.all(
			batch.map(async (stamp) => {
				const buffer = buffers.get(pathKey(stamp.path));
				const request = { stamp, isDraft: true, ...(buffer === undefined ? {} : { buffer }) };
				return { stamp, result: await reader.read(request, signal) };
			}),
		);
	}
}

interface Draft {
	readonly stamp: FileStamp;
	readonly result: ReadResult;
}
