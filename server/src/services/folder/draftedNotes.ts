import type { IndexChange, StoredPassage } from '../../ports/store.ts';

/** Notes that are in no store yet, and the text of their passages, which could be had from nowhere else. */
export class DraftedNotes {
	readonly #noteIds = new Set<number>();
	readonly #passages = new Map<number, StoredPassage>();

	/** Notes. */
	get size(): number {
		return this.#noteIds.size;
	}

	has(noteId: number): boolean {
		return this.#noteIds.has(noteId);
	}

	/** A passage that is in no store. */
	passage(id: number): StoredPassage | undefined {
		return this.#passages.get(id);
	}

	add({ note, passages }: IndexChange['put'][number]): void {
		this.#noteIds.add(note.id);
		for (const { id, heading, text, startLine, endLine, textHash } of passages) {
			this.#passages.set(id, { id, noteId: note.id, heading, text, startLine, endLine, textHash });
		}
	}

	/** Forgets a note whose passages were these. */
	remove(noteId: number, passageIds: readonly number[]): void {
		if (!this.#noteIds.delete(noteId)) return;
		for (const id of passageIds) this.#passages.delete(id);
	}
}
