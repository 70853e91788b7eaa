import type { NameEntry, NoteNames } from './noteNames.ts';

/** Instead of a link's place among the links of its note: the note's place in a hierarchy of dotted names. */
export const parentUse = -1;

/** The names that the links of a note are looked up under, so that they are resolved anew when a name changes hands. */
export class LinkUses {
	readonly #names: NoteNames;
	readonly #note: number;
	#entries: NameEntry[] = [];
	/** Beside each entry. */
	#places: number[] = [];

	constructor(names: NoteNames, note: number) {
		this.#names = names;
		this.#note = note;
	}

	/** `place` is that of a link, or `parentUse`. */
	add(name: string, place: number): void {
		const entry = this.#names.entry(name);
		entry.linkers ??= new Set();
		entry.linkers.add(this.#note);
		this.#entries.push(entry);
		this.#places.push(place);
	}

	/** What is looked up under the name. */
	*placesOf(entry: NameEntry): IterableIterator<number> {
		for (let at = 0; at < this.#entries.length; at++)
			if (this.#entries[at] === entry) yield this.#places[at]!;
	}

	clear(): void {
		for (const entry of this.#entries) {
			entry.linkers?.delete(this.#note);
			if (entry.linkers?.size === 0) entry.linkers = undefined;
			this.#names.prune(entry);
		}
		this.#entries = [];
		this.#places = [];
	}
}
