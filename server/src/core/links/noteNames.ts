import type { Link } from '../markdown/note.ts';
import { dottedAncestors, fold, folderNoteOf, folderOf, joinPath, lastSegment, pathKeyOf } from './names.ts';

/** What a note can be called by. */
export interface NamedNote {
	readonly id: number;
	/** Relative to the workspace folder, with `/`. */
	readonly path: string;
	readonly title: string;
	readonly aliases: readonly string[];
}

export function hasSameNames(a: NamedNote, b: NamedNote): boolean {
	return a.path === b.path && a.title === b.title && a.aliases.join('\n') === b.aliases.join('\n');
}

/** What of a link says which note is meant. */
export type LinkTarget = Pick<Link, 'kind' | 'target' | 'alias'>;

/** One way to read a link, with names folded. */
export type Reading = (
	| { readonly kind: 'path'; readonly path: string }
	/** `vault` is the one that a `dendron://` link names. */
	| { readonly kind: 'name'; readonly name: string; readonly vault?: string }
	/** `..` leads out of the workspace folder. */
	| { readonly kind: 'outside' }
) & {
	readonly isAfterBar?: true;
	/** It is the name of a file, and neither a folder, an alias nor a title. */
	readonly isFile?: true;
};

/** The place in a note that a link leads to. */
export interface LinkPart {
	readonly heading?: string;
	readonly block?: string;
}

/** A name, the notes that have it, and the notes with a link that is looked up under it. */
export interface NameEntry {
	readonly name: string;
	readonly holders: number[];
	linkers: Set<number> | undefined;
}

interface Known {
	readonly note: NamedNote;
	/** The path as links are compared with it. */
	readonly key: string;
}

/**
 * The names of all notes of a folder, and which note is meant by them. Case does not matter, an ending may be left
 * out. A path means the note there, or the `index` or `README` of the folder there. A name is, in this order, a path
 * from the top, the end of a path, a folder with such a note (from the top, or from the linking note's folder), an
 * alias, a title: the first that any note answers to. Of several notes that answer to it the one meant is, as in
 * Obsidian: one in the linking note's folder or below it, then the one with the shortest path, then the first by
 * alphabet; before all that, one below a folder of the name of the vault that a Dendron link gives.
 */
export class NoteNames {
	readonly #notes = new Map<number, Known>();
	/** A path stands here with `/` before it. */
	readonly #entries = new Map<string, NameEntry>();

	get(id: number): NamedNote | undefined {
		return this.#notes.get(id)?.note;
	}

	entries(): IterableIterator<NameEntry> {
		return this.#entries.values();
	}

	/** The entry of a name, made where there is none: `prune` it once nobody uses it. */
	entry(name: string): NameEntry {
		let entry = this.#entries.get(name);
		if (entry === undefined) {
			entry = { name, holders: [], linkers: undefined };
			this.#entries.set(name, entry);
		}
		return entry;
	}

	prune(entry: NameEntry): void {
		const isUsed = entry.holders.length > 0 || entry.linkers !== undefined;
		if (!isUsed && this.#entries.get(entry.name) === entry) this.#entries.delete(entry.name);
	}

	/** Returns the names that the note now has, all of them new to it. */
	put(note: NamedNote): readonly NameEntry[] {
		const key = pathKeyOf(note.path);
		this.#notes.set(note.id, { note, key });
		const entries = [...namesOf(note, key)].map((name) => this.entry(name));
		for (const { holders } of entries) holders.push(note.id);
		return entries;
	}

	/** Returns the names that the note had. */
	remove(id: number): readonly NameEntry[] {
		const known = this.#notes.get(id);
		if (known === undefined) return [];
		this.#notes.delete(id);
		const entries = [...namesOf(known.note, known.key)].map((name) => this.entry(name));
		for (const { holders } of entries) holders.splice(holders.indexOf(id), 1);
		return entries;
	}

	/** The notes that a link may mean by one of its readings, read in the note of the folded path `from`. */
	candidates(reading: Reading, from: string): readonly number[] {
		if (reading.kind === 'outside') return [];
		if (reading.kind === 'path') return this.#atPath(reading.path);
		const { name, vault } = reading;
		const exact = this.#notesAt(name);
		if (exact.length > 0) return this.#first(exact, vault, () => true)!;
		const byPath = this.#entries.get(lastSegment(name))?.holders ?? [];
		const end = `/${name}`;
		const ending = this.#first(byPath, vault, ({ key }) => key.endsWith(end));
		if (ending !== undefined || reading.isFile === true) return ending ?? [];
		return (
			this.#first(byPath, vault, ({ key }) => folderNoteOf(key) === name) ??
			this.#first(byPath, vault, ({ key }) => isFolderNote(key, name, from)) ??
			this.#named(name, vault) ??
			[]
		);
	}

	/** The note at a folded path. */
	at(key: string): number | undefined {
		return this.nearest(this.#notesAt(key), key);
	}

	/** The one that is meant of several. */
	nearest(ids: readonly number[], from: string): number | undefined {
		if (ids.length <= 1) return ids[0];
		let best: Known | undefined;
		const folder = folderOf(from);
		for (const id of ids) {
			const known = this.#notes.get(id)!;
			if (best === undefined || isNearer(known, best, folder)) best = known;
		}
		return best?.note.id;
	}

	/** The nearest note above a dotted name that there is, of those beside it. */
	parentOf(key: string): number | undefined {
		for (const above of dottedAncestors(key)) {
			const ids = this.#notesAt(above);
			if (ids.length > 0) return this.nearest(ids, key);
		}
		return undefined;
	}

	#atPath(path: string): readonly number[] {
		const notes = this.#notesAt(path);
		if (notes.length > 0) return notes;
		const holders = this.#entries.get(`/${path}`)?.holders ?? [];
		return holders.filter((id) => folderNoteOf(this.#notes.get(id)!.key) === path);
	}

	/** Several, where they differ in their ending only. */
	#notesAt(path: string): readonly number[] {
		const holders = this.#entries.get(`/${path}`)?.holders ?? none;
		if (holders.length === 1 && this.#notes.get(holders[0]!)!.key === path) return holders;
		return holders.filter((id) => this.#notes.get(id)!.key === path);
	}

	#named(name: string, vault: string | undefined): readonly number[] | undefined {
		const holders = this.#entries.get(name)?.holders ?? [];
		return (
			this.#first(holders, vault, ({ note }) => note.aliases.some((alias) => fold(alias) === name)) ??
			this.#first(holders, vault, ({ note }) => fold(note.title) === name)
		);
	}

	#first(
		ids: readonly number[],
		vault: string | undefined,
		isMeant: (known: Known) => boolean,
	): readonly number[] | undefined {
		const meant = ids.filter((id) => isMeant(this.#notes.get(id)!));
		if (meant.length === 0) return undefined;
		if (vault === undefined || meant.length === 1) return meant;
		const within = meant.filter((id) => folderOf(this.#notes.get(id)!.key).split('/').includes(vault));
		return within.length > 0 ? within : meant;
	}
}

const none: readonly number[] = [];

/** All names that a note can be looked up under; a path with `/` before it. */
function namesOf({ title, aliases }: NamedNote, key: string): ReadonlySet<string> {
	const names = new Set([`/${key}`, lastSegment(key), fold(title)]);
	for (const alias of aliases) names.add(fold(alias));
	const folder = folderNoteOf(key);
	if (folder === undefined) return names;
	names.add(`/${folder}`);
	return folder === '' ? names : names.add(lastSegment(folder));
}

/** Whether the folder is one of the linking note's own. */
function isFolderNote(key: string, folder: string, from: string): boolean {
	const own = folderNoteOf(key);
	return own !== undefined && own === joinPath(folderOf(from), folder);
}

function isNearer(a: Known, b: Known, folder: string): boolean {
	const [isIn, isOtherIn] = [isWithin(a.key, folder), isWithin(b.key, folder)];
	if (isIn !== isOtherIn) return isIn;
	if (a.note.path.length !== b.note.path.length) return a.note.path.length < b.note.path.length;
	return a.note.path < b.note.path;
}

function isWithin(key: string, folder: string): boolean {
	return folder === '' || key.startsWith(`${folder}/`);
}
