import type { Link } from '../markdown/note.ts';

/** What a note can be called by. */
export interface NamedNote {
	readonly id: number;
	/** Relative to the workspace folder, with `/`. */
	readonly path: string;
	readonly title: string;
	readonly aliases: readonly string[];
}

/** What of a link says which note is meant. */
export type LinkTarget = Pick<Link, 'kind' | 'target' | 'alias'>;

/**
 * The names of all notes of a folder, and which note a link means by them. Case does not matter, an ending may
 * be left out. A markdown link is a path: from its note's folder, or with `/` from the top. A wikilink is, in
 * this order, a path from the top, a path from its note's folder, the end of a path, an alias, a title. Of
 * several the nearest is meant: most folders shared with the linking note, then the shortest path, then the
 * first by alphabet. A name that leads nowhere is tried again with what stands after the `|`, where Dendron
 * has it.
 */
export class NoteNames {
	readonly #notes = new Map<number, NamedNote>();
	readonly #byName = new Map<string, Set<number>>();

	get(id: number): NamedNote | undefined {
		return this.#notes.get(id);
	}

	put(note: NamedNote): void {
		this.remove(note.id);
		this.#notes.set(note.id, note);
		for (const name of namesOf(note)) {
			const ids = this.#byName.get(name);
			if (ids === undefined) this.#byName.set(name, new Set([note.id]));
			else ids.add(note.id);
		}
	}

	remove(id: number): void {
		const note = this.#notes.get(id);
		if (note === undefined) return;
		this.#notes.delete(id);
		for (const name of namesOf(note)) {
			const ids = this.#byName.get(name);
			ids?.delete(id);
			if (ids?.size === 0) this.#byName.delete(name);
		}
	}

	/** The note that a link in the note at `from` means, or `undefined`. */
	resolve({ kind, target, alias }: LinkTarget, from: string): number | undefined {
		if (kind === 'markdown') return this.#resolvePath(target, from);
		return (
			this.#resolveName(target, from) ?? (alias === undefined ? undefined : this.#resolveName(alias, from))
		);
	}

	#resolvePath(target: string, from: string): number | undefined {
		if (target === '') return this.#atPath(withoutEnding(fold(from)), from);
		const path = target.startsWith('/') ? target.slice(1) : joinPath(folderOf(from), target);
		return path === undefined ? undefined : this.#atPath(foldedTarget(path), from);
	}

	#resolveName(target: string, from: string): number | undefined {
		if (target === '') return this.#resolvePath('', from);
		const key = foldedTarget(target.replace(/^\/+/, ''));
		const relative = joinPath(folderOf(fold(from)), key);
		return (
			this.#atPath(key, from) ??
			(relative === undefined ? undefined : this.#atPath(relative, from)) ??
			this.#nearest(lastSegment(key), from, (note) => `/${pathKey(note)}`.endsWith(`/${key}`)) ??
			this.#nearest(key, from, ({ aliases }) => aliases.some((alias) => fold(alias) === key)) ??
			this.#nearest(key, from, ({ title }) => fold(title) === key)
		);
	}

	/** A folder's path stands for its `index` or `README`. */
	#atPath(path: string, from: string): number | undefined {
		return (
			this.#nearest(lastSegment(path), from, (note) => pathKey(note) === path) ??
			this.#nearest(lastSegment(path), from, (note) => folderNoteOf(note) === path)
		);
	}

	#nearest(name: string, from: string, isMeant: (note: NamedNote) => boolean): number | undefined {
		let best: NamedNote | undefined;
		for (const id of this.#byName.get(name) ?? []) {
			const note = this.#notes.get(id)!;
			if (isMeant(note) && (best === undefined || isNearer(note.path, best.path, from))) best = note;
		}
		return best?.id;
	}
}

/** All names under which a link may find the note: a link can only mean it when it shares one of `linkNames`. */
export function namesOf(note: NamedNote): ReadonlySet<string> {
	const names = [lastSegment(pathKey(note)), fold(note.title), ...note.aliases.map(fold)];
	const folder = folderNoteOf(note);
	return new Set(folder === undefined ? names : [...names, lastSegment(folder)]);
}

/** The names that decide what a link means: while no note gains or loses one of them, its meaning stays. */
export function linkNames({ target, alias }: LinkTarget, from: string): ReadonlySet<string> {
	const named = [target === '' ? from : target, ...(alias === undefined ? [] : [alias])].map(foldedTarget);
	// `..` goes by the name of the folder that it leads to.
	const joined = named.map((key) => joinPath(folderOf(fold(from)), key) ?? '');
	return new Set([...named.flatMap((key) => [key, lastSegment(key)]), ...joined.map(lastSegment)]);
}

function pathKey({ path }: NamedNote): string {
	return withoutEnding(fold(path));
}

/** A link's target as names are compared: without case, ending, and what only says where it stands. */
export function foldedTarget(target: string): string {
	return withoutEnding(
		fold(target)
			.replace(/\/+$/, '')
			.replace(/^(?:\.\/)+/, ''),
	);
}

function folderNoteOf(note: NamedNote): string | undefined {
	return /^(.+)\/(?:index|readme)$/.exec(pathKey(note))?.[1];
}

function fold(name: string): string {
	return name.normalize('NFC').trim().toLowerCase();
}

/** Only a note's own endings come off: `a.b.c` is a whole name in Dendron. */
function withoutEnding(path: string): string {
	return path.replace(/\.(?:md|markdown|mdx)$/, '');
}

function lastSegment(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** `undefined` where `..` leads out of the workspace folder. */
function joinPath(folder: string, target: string): string | undefined {
	const parts = folder === '' ? [] : folder.split('/');
	for (const part of target.split('/')) {
		if (part === '' || part === '.') continue;
		if (part !== '..') parts.push(part);
		else if (parts.pop() === undefined) return undefined;
	}
	return parts.join('/');
}

function isNearer(a: string, b: string, from: string): boolean {
	const bySharing = sharedFolders(a, from) - sharedFolders(b, from);
	if (bySharing !== 0) return bySharing > 0;
	if (a.length !== b.length) return a.length < b.length;
	return a < b;
}

function sharedFolders(a: string, b: string): number {
	const [left, right] = [folderOf(a).split('/'), folderOf(b).split('/')];
	let shared = 0;
	while (shared < left.length && shared < right.length && left[shared] === right[shared]) shared++;
	return shared;
}
