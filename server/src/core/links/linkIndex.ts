import type { Link } from '../markdown/note.ts';
import { type LinkTarget, linkNames, type NamedNote, NoteNames, namesOf } from './noteNames.ts';

/** A note as the link index needs it. */
export interface LinkingNote extends NamedNote {
	readonly links: readonly Link[];
}

/**
 * Which note links to which. Patched live: a note that comes, goes or is renamed changes only the links that
 * share a name with it, so that the state is always the one a fresh build would have.
 */
export class LinkIndex {
	readonly #names = new NoteNames();
	readonly #notes = new Map<number, LinkingNote>();
	readonly #outgoing = new Map<number, ReadonlySet<number>>();
	readonly #incoming = new Map<number, Set<number>>();
	readonly #unresolved = new Map<number, number>();
	/** Notes with a link that goes by a name. */
	readonly #linkers = new Map<string, Set<number>>();

	put(note: LinkingNote): void {
		const old = this.#notes.get(note.id);
		if (old !== undefined) this.#forgetLinks(old);
		this.#notes.set(note.id, note);
		for (const name of this.#namesLinked(note)) {
			const linkers = this.#linkers.get(name);
			if (linkers === undefined) this.#linkers.set(name, new Set([note.id]));
			else linkers.add(note.id);
		}
		const isRenamed = old === undefined || !hasSameNames(old, note);
		if (isRenamed) this.#names.put(note);
		const affected = isRenamed
			? this.#linkersTo([...namesOf(note), ...(old === undefined ? [] : namesOf(old))])
			: [];
		for (const id of new Set([...affected, note.id])) this.#resolveLinks(id);
	}

	remove(id: number): void {
		const note = this.#notes.get(id);
		if (note === undefined) return;
		this.#forgetLinks(note);
		this.#setOutgoing(id, new Set());
		this.#outgoing.delete(id);
		this.#unresolved.delete(id);
		this.#notes.delete(id);
		this.#names.remove(id);
		for (const linker of this.#linkersTo(namesOf(note))) this.#resolveLinks(linker);
		this.#incoming.delete(id);
	}

	/** The note that a link in the note at `from` means. */
	resolve(link: LinkTarget, from: string): number | undefined {
		return this.#names.resolve(link, from);
	}

	/** Notes that the note links to, itself left out. */
	outgoing(id: number): readonly number[] {
		return [...(this.#outgoing.get(id) ?? [])];
	}

	/** Notes that link to the note. */
	backlinks(id: number): readonly number[] {
		return [...(this.#incoming.get(id) ?? [])];
	}

	/** Notes that both link to. */
	shared(a: number, b: number): readonly number[] {
		const other = this.#outgoing.get(b);
		return other === undefined ? [] : this.outgoing(a).filter((id) => other.has(id));
	}

	/** Whether `a` links `to` `b`, or is linked `from` it; `to` where both hold. */
	linked(a: number, b: number): 'to' | 'from' | undefined {
		if (this.#outgoing.get(a)?.has(b) === true) return 'to';
		return this.#outgoing.get(b)?.has(a) === true ? 'from' : undefined;
	}

	/** Pairs of linked notes, and links whose note there is not. */
	get counts(): { readonly links: number; readonly unresolved: number } {
		let links = 0;
		let unresolved = 0;
		for (const targets of this.#outgoing.values()) links += targets.size;
		for (const count of this.#unresolved.values()) unresolved += count;
		return { links, unresolved };
	}

	#linkersTo(names: Iterable<string>): ReadonlySet<number> {
		const found = new Set<number>();
		for (const name of names) for (const id of this.#linkers.get(name) ?? []) found.add(id);
		return found;
	}

	#forgetLinks(note: LinkingNote): void {
		for (const name of this.#namesLinked(note)) {
			const linkers = this.#linkers.get(name);
			linkers?.delete(note.id);
			if (linkers?.size === 0) this.#linkers.delete(name);
		}
	}

	#namesLinked({ links, path }: LinkingNote): ReadonlySet<string> {
		return new Set(links.flatMap((link) => [...linkNames(link, path)]));
	}

	#resolveLinks(id: number): void {
		const note = this.#notes.get(id);
		if (note === undefined) return;
		const targets = new Set<number>();
		let unresolved = 0;
		for (const link of note.links) {
			const target = this.#names.resolve(link, note.path);
			if (target === undefined) unresolved++;
			else if (target !== id) targets.add(target);
		}
		this.#unresolved.set(id, unresolved);
		this.#setOutgoing(id, targets);
	}

	#setOutgoing(id: number, targets: ReadonlySet<number>): void {
		for (const old of this.#outgoing.get(id) ?? [])
			if (!targets.has(old)) this.#incoming.get(old)?.delete(id);
		for (const target of targets) {
			const sources = this.#incoming.get(target);
			if (sources === undefined) this.#incoming.set(target, new Set([id]));
			else sources.add(id);
		}
		this.#outgoing.set(id, targets);
	}
}

function hasSameNames(a: NamedNote, b: NamedNote): boolean {
	return a.path === b.path && a.title === b.title && a.aliases.join('\n') === b.aliases.join('\n');
}
