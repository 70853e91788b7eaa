import { pathKey } from '../../core/indexing/notePath.ts';
import type { FileStamp, NotePath } from '../../ports/files.ts';
import type { NoteReader } from '../../ports/reader.ts';
import type { Clock } from '../../ports/system.ts';
import type { FolderIndex } from '../folderIndex.ts';
import { ChangeBuilder } from './changeBuilder.ts';

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

	constructor(parts: DraftsParts) {
		this.#parts = parts;
	}

	get isDone(): boolean {
		return this.#waiting.length === 0;
	}

	/** Notes to draft, the first of them first, in place of those still waiting. */
	plan(stamps: readonly FileStamp[]): void {
		this.#waiting = stamps;
	}

	/** Drafts the next notes; those that have been read whole by now are passed over. */
	async draftBatch(signal: AbortSignal): Promise<void> {
		const { reader, index, clock, buffers } = this.#parts;
		const batch = this.#waiting.slice(0, notesPerBatch);
		this.#waiting = this.#waiting.slice(notesPerBatch);
		const change = new ChangeBuilder(index, clock, 'draft');
		await Promise.all(
			batch.map(async (stamp) => {
				const buffer = buffers.get(pathKey(stamp.path));
				const request = { stamp, isDraft: true, ...(buffer === undefined ? {} : { buffer }) };
				const result = await reader.read(request, signal);
				if (result.kind === 'read' && index.noteAt(stamp.path) === undefined) change.add(stamp, result);
			}),
		);
		index.applyDrafts(change.build());
	}
}
