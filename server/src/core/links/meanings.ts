import type { DendronFolders } from './dendronFolders.ts';
import { folderOf, isNoNote } from './names.ts';
import type { LinkTarget, NoteNames, Reading } from './noteNames.ts';
import { meansItself, readLink } from './readLink.ts';

/** What a link means: its note, `missing`, or `outside` where it means no note at all. */
export type Meaning =
	| {
			readonly kind: 'note';
			readonly id: number;
			readonly reading: Reading | undefined;
			readonly candidates: number;
	  }
	| { readonly kind: 'missing'; readonly name: string }
	| { readonly kind: 'outside' };

/** Tells what links mean, by the names and folders as they are now. `key` is the folded path of the link's note. */
export class Meanings {
	readonly #names: NoteNames;
	readonly #dendron: DendronFolders;

	constructor(names: NoteNames, dendron: DendronFolders) {
		this.#names = names;
		this.#dendron = dendron;
	}

	readings(link: LinkTarget, key: string): readonly Reading[] {
		return readLink(link, key, this.#dendron.has(folderOf(key)));
	}

	/** `readings` are the link's; `own` is the id of its note, where that is known. */
	of(link: LinkTarget, key: string, readings = this.readings(link, key), own?: number): Meaning {
		if (meansItself(link, this.#dendron.has(folderOf(key)))) {
			const id = own ?? this.#names.at(key);
			if (id === undefined) return { kind: 'outside' };
			return { kind: 'note', id, reading: undefined, candidates: 1 };
		}
		for (const reading of readings) {
			const found = this.#names.candidates(reading, key);
			const id = this.#names.nearest(found, key);
			if (id !== undefined) return { kind: 'note', id, reading, candidates: found.length };
		}
		// A name has no spaces in Dendron; words after the bar have.
		const best =
			readings.find((reading) => reading.kind !== 'name' || !/\s/.test(reading.name)) ?? readings[0];
		if (best === undefined || best.kind === 'outside') return { kind: 'outside' };
		const name = best.kind === 'path' ? best.path : best.name;
		const isWritten = best.isAfterBar === true && link.kind !== 'embed';
		const means = isWritten ? name : link.target.replace(/^dendron:\/\/[^/]*\//i, '');
		return name === '' || isNoNote(means) ? { kind: 'outside' } : { kind: 'missing', name };
	}

	/** The notes that a link may mean. */
	candidates(link: LinkTarget, key: string): readonly number[] {
		for (const reading of this.readings(link, key)) {
			const found = this.#names.candidates(reading, key);
			if (found.length > 0) return found;
		}
		return [];
	}
}
