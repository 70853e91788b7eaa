import { pathKey } from '../../core/indexing/notePath.ts';
import type { Language } from '../../core/ranking/languages.ts';
import type { FileStamp } from '../../ports/files.ts';
import type { StoredNote } from '../../ports/store.ts';

/** What a note's language is where it is left out. */
const usualLanguage: Language = 'en';

/** The notes of an index, by id and by path, and the languages that they were indexed in. */
export class NoteTable {
	readonly #byId = new Map<number, StoredNote>();
	readonly #idsByPath = new Map<string, number>();
	readonly #countsIn = new Map<Language, number>();
	#lastId = 0;

	get size(): number {
		return this.#byId.size;
	}

	all(): IterableIterator<StoredNote> {
		return this.#byId.values();
	}

	get(id: number): StoredNote | undefined {
		return this.#byId.get(id);
	}

	/** The note of this path, in whichever Unicode spelling. */
	at(path: string): StoredNote | undefined {
		const id = this.#idsByPath.get(pathKey(path));
		return id === undefined ? undefined : this.#byId.get(id);
	}

	/** Languages that notes were indexed in. */
	languages(): IterableIterator<Language> {
		return this.#countsIn.keys();
	}

	/** The language that a note's terms were made by. */
	languageOf(id: number | undefined): Language {
		return (id === undefined ? undefined : this.#byId.get(id)?.language) ?? usualLanguage;
	}

	/** An id that no note has had before. */
	takeId(): number {
		return ++this.#lastId;
	}

	/** Puts a note in place of the one with its id. */
	set(note: StoredNote): void {
		const { id, stamp } = note;
		this.#countLanguage(this.#byId.get(id), -1);
		this.#byId.set(id, note);
		this.#countLanguage(note, 1);
		this.#idsByPath.set(pathKey(stamp.path), id);
		this.#lastId = Math.max(this.#lastId, id);
	}

	/** Takes in that a note's file was seen again, and holds the same. */
	touch(id: number, stamp: FileStamp): void {
		const note = this.#byId.get(id);
		if (note !== undefined) this.#byId.set(id, { ...note, stamp });
	}

	/** Returns whether it was there. */
	delete(id: number): boolean {
		const note = this.#byId.get(id);
		if (note === undefined) return false;
		this.#countLanguage(note, -1);
		this.#byId.delete(id);
		this.#idsByPath.delete(pathKey(note.stamp.path));
		return true;
	}

	#countLanguage(note: StoredNote | undefined, by: number): void {
		if (note === undefined) return;
		const { language = usualLanguage } = note;
		const count = (this.#countsIn.get(language) ?? 0) + by;
		if (count === 0) this.#countsIn.delete(language);
		else this.#countsIn.set(language, count);
	}
}
