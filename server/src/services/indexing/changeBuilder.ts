import { chunkerVersion } from '../../core/markdown/passage.ts';
import type { FileStamp } from '../../ports/files.ts';
import type { ReadResult } from '../../ports/reader.ts';
import type { IndexChange, NewPassage, StoredNote } from '../../ports/store.ts';
import type { Clock } from '../../ports/system.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';

/** Gathers what was read of a batch of notes into one change of the index. */
export class ChangeBuilder {
	readonly #index: FolderIndex;
	readonly #clock: Clock;
	readonly #chunker: number;
	readonly #put: { note: StoredNote; passages: readonly NewPassage[] }[] = [];
	readonly #touch: { id: number; stamp: FileStamp }[] = [];
	readonly #remove: number[] = [];

	/** What is built of drafts counts as cut by an older chunker: stale, until the note is read whole. */
	constructor(index: FolderIndex, clock: Clock, kind: 'whole' | 'draft' = 'whole') {
		this.#index = index;
		this.#clock = clock;
		this.#chunker = kind === 'whole' ? chunkerVersion : 0;
	}

	/** `stamp` is what the note's file was known by when it was read. */
	add(stamp: FileStamp, result: ReadResult): void {
		const known = this.#index.noteAt(stamp.path);
		switch (result.kind) {
			case 'gone':
				if (known !== undefined) this.#remove.push(known.id);
				return;
			case 'unchanged':
				if (known !== undefined && !isSame(known.stamp, stamp)) this.#touch.push({ id: known.id, stamp });
				return;
			case 'skipped':
				// Of what is tried again in vain, nothing has changed.
				if (known?.skipped === result.reason && known.chunker === this.#chunker && isSame(known.stamp, stamp))
					return;
				this.#put.push({ note: this.#skippedNote(known, stamp, result.reason), passages: [] });
				return;
			case 'read': {
				const { passages, ...note } = result.note;
				this.#put.push({
					note: { ...note, ...this.#identity(known), stamp, skipped: undefined },
					passages: passages.map((passage) => ({ ...passage, id: this.#index.takePassageId() })),
				});
			}
		}
	}

	build(): IndexChange {
		return { put: this.#put, touch: this.#touch, remove: this.#remove };
	}

	#identity(known: StoredNote | undefined) {
		return {
			id: known?.id ?? this.#index.takeNoteId(),
			chunker: this.#chunker,
			indexedAtMs: this.#clock.now(),
		};
	}

	#skippedNote(known: StoredNote | undefined, stamp: FileStamp, reason: string): StoredNote {
		const nothing = { hash: '', title: stamp.path, aliases: [], tags: [], links: [], problems: [] };
		return { ...this.#identity(known), ...nothing, stamp, skipped: reason };
	}
}

function isSame(a: FileStamp, b: FileStamp): boolean {
	return a.path === b.path && a.size === b.size && a.mtimeMs === b.mtimeMs;
}
