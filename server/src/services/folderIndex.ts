import { LinkIndex } from '../core/links/linkIndex.ts';
import type { LinkTarget } from '../core/links/noteNames.ts';
import { KeywordIndex } from '../kernels/keywordIndex.ts';
import type { IndexChange, IndexStore, StoredNote } from '../ports.ts';
import { type PassagePlace, PassagePlaces } from './passagePlaces.ts';
import { VectorIndex, type VectorThreads } from './vectorIndex.ts';

/**
 * All that answers come from, of one folder, in memory: derived from the store, and patched right after each of
 * its commits. Single-threaded: between two awaits it never changes.
 */
export class FolderIndex {
	readonly keyword = new KeywordIndex();
	readonly vectors: VectorIndex;
	readonly links = new LinkIndex();
	readonly #notes = new Map<number, StoredNote>();
	readonly #idsByPath = new Map<string, number>();
	readonly #passages = new PassagePlaces();
	readonly #passagesOfNote = new Map<number, readonly number[]>();
	#lastNoteId = 0;
	#lastPassageId = 0;
	#version = 0;

	/** Without `threads` every scan is done here. */
	constructor(dimensions: number, threads?: VectorThreads) {
		this.vectors = new VectorIndex(dimensions, threads);
	}

	/** Fills an empty index from `store`. */
	async load(store: IndexStore, modelId: string): Promise<void> {
		const passageIds = new Map<number, number[]>();
		const notes = await store.notes();
		await store.passageTerms((batch) => {
			for (const { id, terms, counts, ...place } of batch) {
				this.keyword.add(id, terms, counts);
				this.#passages.set(id, place);
				const own = passageIds.get(place.noteId);
				if (own === undefined) passageIds.set(place.noteId, [id]);
				else own.push(id);
				this.#lastPassageId = Math.max(this.#lastPassageId, id);
			}
		});
		for (const note of notes) this.#setNote(note, passageIds.get(note.id) ?? []);
		await store.passageVectors(modelId, (ids, vectors) => {
			for (const [at, vector] of vectors.entries()) this.#setVector(ids[at]!, vector);
		});
		this.#version++;
	}

	/** Follows a change that the store has committed. */
	apply({ put, touch, remove }: IndexChange): void {
		for (const id of remove) this.#removeNote(id);
		for (const { note, passages } of put) {
			this.#removePassages(note.id);
			for (const { id, terms, counts, textHash, startLine, endLine } of passages) {
				this.keyword.add(id, terms, counts);
				this.#passages.set(id, { noteId: note.id, textHash, startLine, endLine });
			}
			this.#setNote(
				note,
				passages.map(({ id }) => id),
			);
		}
		for (const { id, stamp } of touch) {
			const note = this.#notes.get(id);
			if (note !== undefined) this.#notes.set(id, { ...note, stamp });
		}
		if (put.length + remove.length > 0) this.#version++;
	}

	/** Gives passages their vectors; a passage that is gone by now is passed over. */
	setVectors(vectors: ReadonlyMap<number, Float32Array>): void {
		for (const [id, vector] of vectors) this.#setVector(id, vector);
		this.#version++;
	}

	/** Grows with every change that could alter an answer. */
	get version(): number {
		return this.#version;
	}

	notes(): IterableIterator<StoredNote> {
		return this.#notes.values();
	}

	note(id: number): StoredNote | undefined {
		return this.#notes.get(id);
	}

	noteAt(path: string): StoredNote | undefined {
		const id = this.#idsByPath.get(path);
		return id === undefined ? undefined : this.#notes.get(id);
	}

	/** The note that a link in the note at `from` means. */
	noteNamed(link: LinkTarget, from: string): StoredNote | undefined {
		const id = this.links.resolve(link, from);
		return id === undefined ? undefined : this.#notes.get(id);
	}

	passage(id: number): PassagePlace | undefined {
		return this.#passages.get(id);
	}

	/** The note that a passage is of. */
	noteOf(passageId: number): number | undefined {
		return this.#passages.noteOf(passageId);
	}

	/** Ids of a note's passages, in reading order. */
	passagesOf(noteId: number): readonly number[] {
		return this.#passagesOfNote.get(noteId) ?? [];
	}

	passageIds(): IterableIterator<number> {
		return this.#passages.ids();
	}

	get noteCount(): number {
		return this.#notes.size;
	}

	get passageCount(): number {
		return this.#passages.size;
	}

	takeNoteId(): number {
		return ++this.#lastNoteId;
	}

	takePassageId(): number {
		return ++this.#lastPassageId;
	}

	#setNote(note: StoredNote, passages: readonly number[]): void {
		const { id, stamp, title, aliases, links } = note;
		this.#notes.set(id, note);
		this.#idsByPath.set(stamp.path, id);
		this.#passagesOfNote.set(id, passages);
		this.#lastNoteId = Math.max(this.#lastNoteId, id);
		this.links.put({ id, path: stamp.path, title, aliases, links });
	}

	#removeNote(id: number): void {
		const note = this.#notes.get(id);
		if (note === undefined) return;
		this.#removePassages(id);
		this.#notes.delete(id);
		this.#idsByPath.delete(note.stamp.path);
		this.#passagesOfNote.delete(id);
		this.links.remove(id);
	}

	#removePassages(noteId: number): void {
		for (const id of this.passagesOf(noteId)) {
			this.keyword.remove(id);
			this.vectors.remove(id);
			this.#passages.delete(id);
		}
	}

	#setVector(id: number, vector: Float32Array): void {
		if (this.#passages.noteOf(id) !== undefined) this.vectors.set(id, vector);
	}
}
