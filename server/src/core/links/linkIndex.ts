import type { GraphChange, GraphNote, NodeId } from '../../ports/graph.ts';
import type { Link } from '../markdown/note.ts';
import { ChangedNotes } from './changedNotes.ts';
import { DendronFolders } from './dendronFolders.ts';
import { graphNoteOf } from './graphNote.ts';
import { dottedAncestors, folderOf, isNoNote, pathKeyOf } from './names.ts';
import { type LinkTarget, type NamedNote, type NameEntry, NoteNames, type Reading } from './noteNames.ts';
import { meansItself, namesRead, readLink } from './readLink.ts';

/** A note as the link index needs it. */
export interface LinkingNote extends NamedNote {
	readonly links: readonly Link[];
	readonly tags: readonly string[];
	/** Left out it is not known what can be linked to in the note. */
	readonly anchors?: readonly number[] | undefined;
}

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

export interface AmbiguousLink {
	readonly from: number;
	readonly link: Link;
	/** Which of them it means `resolve` says. */
	readonly candidates: readonly number[];
}

/** Instead of a note's id. */
const missing = -1;
const outside = -2;
/** Instead of a link's place among the links of its note. */
const parentUse = -1;

interface Entered {
	readonly note: LinkingNote;
	readonly key: string;
	/** What the links are looked up under; beside each the link's place, or `parentUse`. */
	uses: NameEntry[];
	usedBy: number[];
	/** By link the id of its note, `missing` or `outside`. */
	targets: number[];
	parent: number | undefined;
}

/**
 * Which note links to which. Patched live: a note that comes, goes or is renamed changes only the links that are
 * looked up under a name of it, so that the state is always the one a fresh build would have.
 */
export class LinkIndex {
	readonly #names = new NoteNames();
	readonly #notes = new Map<number, Entered>();
	readonly #incoming = new Map<number, Set<number>>();
	readonly #dendron = new DendronFolders();
	/** Places of links that several notes answer to, by note. */
	readonly #ambiguous = new Map<number, Set<number>>();
	readonly #changes = new ChangedNotes();
	#linkCount = 0;
	#missingCount = 0;

	put(note: LinkingNote): void {
		const { id } = note;
		const old = this.#notes.get(id);
		const isRenamed = old === undefined || !hasSameNames(old.note, note);
		if (old !== undefined) this.#leave(old);
		if (old !== undefined && isRenamed) this.#setParent(old, undefined);
		const touched = new Set(isRenamed ? this.#names.remove(id) : []);
		if (isRenamed) for (const entry of this.#names.put(note)) touched.add(entry);
		const entered: Entered = {
			note,
			key: pathKeyOf(note.path),
			uses: [],
			usedBy: [],
			targets: note.links.map(() => outside),
			parent: isRenamed ? undefined : old.parent,
		};
		this.#notes.set(id, entered);
		if (old !== undefined && old.note.path !== note.path) this.#changes.remove(nodeIdOf(old.note));
		if (note.links.some(({ alias }) => alias !== undefined))
			this.#dendron.addBarred(folderOf(entered.key), id);
		this.#enter(entered);
		this.#resolveLinkers(touched, id);
	}

	remove(id: number): void {
		const old = this.#notes.get(id);
		if (old === undefined) return;
		this.#leave(old);
		this.#setParent(old, undefined);
		this.#notes.delete(id);
		this.#changes.remove(nodeIdOf(old.note), id);
		this.#resolveLinkers(new Set(this.#names.remove(id)), id);
		this.#incoming.delete(id);
	}

	/** The note that a link in the note at `from` means. */
	resolve(link: LinkTarget, from: string): number | undefined {
		const meaning = this.meaningOf(link, from);
		return meaning.kind === 'note' ? meaning.id : undefined;
	}

	/** What a link in the note at `from` means. */
	meaningOf(link: LinkTarget, from: string): Meaning {
		const key = pathKeyOf(from);
		return this.#meaningIn(link, key, this.#readings(link, key));
	}

	/** The notes that a link in the note at `from` may mean; of several, which one it does is `resolve`'s to say. */
	candidates(link: LinkTarget, from: string): readonly number[] {
		const key = pathKeyOf(from);
		for (const reading of this.#readings(link, key)) {
			const found = this.#names.candidates(reading, key);
			if (found.length > 0) return found;
		}
		return [];
	}

	note(id: number): LinkingNote | undefined {
		return this.#notes.get(id)?.note;
	}

	*notes(): IterableIterator<LinkingNote> {
		for (const { note } of this.#notes.values()) yield note;
	}

	/** Every name that a note has, with the ids of those that have it; a path with `/` before it. */
	names(): Iterable<Pick<NameEntry, 'name' | 'holders'>> {
		return this.#names.entries();
	}

	/** Notes that the note links to, itself left out. */
	outgoing(id: number): readonly number[] {
		const targets = this.#notes.get(id)?.targets ?? [];
		return [...new Set(targets.filter((target) => target >= 0 && target !== id))];
	}

	/** Notes that link to the note. */
	backlinks(id: number): readonly number[] {
		return [...(this.#incoming.get(id) ?? [])];
	}

	/** Notes that both link to. */
	shared(a: number, b: number): readonly number[] {
		const other = new Set(this.outgoing(b));
		return this.outgoing(a).filter((id) => other.has(id));
	}

	/** Whether `a` links `to` `b`, or is linked `from` it; `to` where both hold. */
	linked(a: number, b: number): 'to' | 'from' | undefined {
		if (this.#incoming.get(b)?.has(a) === true) return 'to';
		return this.#incoming.get(a)?.has(b) === true ? 'from' : undefined;
	}

	/** Pairs of linked notes, and links to a note that there is not; no other file is taken for one. */
	get counts(): { readonly links: number; readonly unresolved: number } {
		return { links: this.#linkCount, unresolved: this.#missingCount };
	}

	/** Links that several notes answer to. */
	*ambiguous(): IterableIterator<AmbiguousLink> {
		for (const [id, places] of this.#ambiguous) {
			const { note } = this.#notes.get(id)!;
			for (const place of places) {
				const link = note.links[place]!;
				yield { from: id, link, candidates: this.candidates(link, note.path) };
			}
		}
	}

	/** The note with all that it points at. */
	graphNote(id: number): GraphNote | undefined {
		const entered = this.#notes.get(id);
		if (entered === undefined) return undefined;
		const { note, key, targets, parent } = entered;
		return graphNoteOf(note, parent === undefined ? undefined : this.#notes.get(parent)!.note, (at) => {
			const target = targets[at]!;
			if (target >= 0) return nodeIdOf(this.#notes.get(target)!.note);
			if (target === outside) return undefined;
			const link = note.links[at]!;
			const meaning = this.#meaningIn(link, key, this.#readings(link, key));
			return meaning.kind === 'missing' ? `missing:${meaning.name}` : undefined;
		});
	}

	/**
	 * Takes what has changed since it was last asked, of at most so many notes: the rest is for the next time. Empty
	 * once there is nothing more.
	 */
	takeChanges(most = Number.POSITIVE_INFINITY): GraphChange {
		return this.#changes.take(most, (id) => this.graphNote(id));
	}

	/** All that changes from now on, for somebody besides who calls `takeChanges`. */
	followChanges(): { readonly take: () => GraphChange; readonly stop: () => void } {
		const changes = new ChangedNotes();
		this.#changes.followers.add(changes);
		return {
			take: () => changes.take(Number.POSITIVE_INFINITY, (id) => this.graphNote(id)),
			stop: () => void this.#changes.followers.delete(changes),
		};
	}

	#readings(link: LinkTarget, key: string): readonly Reading[] {
		return readLink(link, key, this.#dendron.has(folderOf(key)));
	}

	#meaningIn(link: LinkTarget, key: string, readings: readonly Reading[], own?: number): Meaning {
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

	#resolveLinkers(touched: ReadonlySet<NameEntry>, changed: number): void {
		for (const entry of touched) {
			for (const id of [...(entry.linkers ?? [])]) {
				if (id !== changed) this.#resolveUses(this.#notes.get(id)!, entry);
			}
			this.#names.prune(entry);
		}
	}

	#resolveUses(entered: Entered, entry: NameEntry): void {
		this.#changes.put(entered.note.id);
		for (let at = 0; at < entered.uses.length; at++) {
			if (entered.uses[at] !== entry) continue;
			const place = entered.usedBy[at]!;
			if (place === parentUse) this.#setParent(entered, this.#names.parentOf(entered.key));
			else this.#resolveLink(entered, place);
		}
	}

	#enter(entered: Entered): void {
		const { note, key } = entered;
		for (const name of dottedAncestors(key)) this.#use(entered, `/${name}`, parentUse);
		for (const [place, link] of note.links.entries()) {
			const readings = this.#readings(link, key);
			for (const reading of readings) for (const name of namesRead(reading)) this.#use(entered, name, place);
			this.#resolveLink(entered, place, readings);
		}
		this.#changes.put(note.id);
		this.#setParent(entered, this.#names.parentOf(key));
	}

	#use(entered: Entered, name: string, place: number): void {
		const entry = this.#names.entry(name);
		entry.linkers ??= new Set();
		entry.linkers.add(entered.note.id);
		entered.uses.push(entry);
		entered.usedBy.push(place);
	}

	#leave(entered: Entered): void {
		for (const place of entered.targets.keys()) this.#setTarget(entered, place, outside);
		this.#ambiguous.delete(entered.note.id);
		this.#dendron.removeBarred(folderOf(entered.key), entered.note.id);
		this.#dropUses(entered);
	}

	#dropUses(entered: Entered): void {
		for (const entry of entered.uses) {
			entry.linkers?.delete(entered.note.id);
			if (entry.linkers?.size === 0) entry.linkers = undefined;
			this.#names.prune(entry);
		}
		entered.uses = [];
		entered.usedBy = [];
	}

	#resolveLink(
		entered: Entered,
		place: number,
		readings = this.#readings(entered.note.links[place]!, entered.key),
	): void {
		const { note, key } = entered;
		const meaning = this.#meaningIn(note.links[place]!, key, readings, note.id);
		const target = meaning.kind === 'note' ? meaning.id : meaning.kind === 'missing' ? missing : outside;
		this.#setTarget(entered, place, target);
		this.#setAmbiguous(note.id, place, meaning.kind === 'note' && meaning.candidates > 1);
	}

	#setAmbiguous(id: number, place: number, isAmbiguous: boolean): void {
		const places = this.#ambiguous.get(id);
		if (isAmbiguous) {
			if (places === undefined) this.#ambiguous.set(id, new Set([place]));
			else places.add(place);
		} else if (places?.delete(place) === true && places.size === 0) this.#ambiguous.delete(id);
	}

	#setTarget({ note: { id }, targets }: Entered, place: number, target: number): void {
		const old = targets[place]!;
		if (old === target) return;
		targets[place] = target;
		if (old === missing) this.#missingCount--;
		if (target === missing) this.#missingCount++;
		if (old >= 0 && old !== id && !targets.includes(old)) {
			this.#incoming.get(old)?.delete(id);
			this.#linkCount--;
		}
		if (target < 0 || target === id) return;
		let sources = this.#incoming.get(target);
		if (sources === undefined) {
			sources = new Set();
			this.#incoming.set(target, sources);
		}
		if (sources.has(id)) return;
		sources.add(id);
		this.#linkCount++;
	}

	/** A folder that becomes Dendron's, or is so no more, has its links with a bar read anew. */
	#setParent(entered: Entered, parent: number | undefined): void {
		const had = entered.parent !== undefined;
		entered.parent = parent;
		if (had === (parent !== undefined)) return;
		for (const id of this.#dendron.countParent(folderOf(entered.key), had ? -1 : 1)) {
			const barred = this.#notes.get(id)!;
			this.#dropUses(barred);
			this.#enter(barred);
		}
	}
}

function nodeIdOf({ path }: NamedNote): NodeId {
	return `note:${path}`;
}

function hasSameNames(a: NamedNote, b: NamedNote): boolean {
	return a.path === b.path && a.title === b.title && a.aliases.join('\n') === b.aliases.join('\n');
}
