import type { GraphNote } from '../../ports/graph.ts';
import type { Slices } from '../slices.ts';
import { DendronFolders } from './dendronFolders.ts';
import { graphNoteOf, nodeIdOf } from './graphNote.ts';
import { ChangeFollowers, type LinkChanges } from './linkChanges.ts';
import type { AmbiguousLink, LinkingNote } from './linkingNote.ts';
import { type LinkCounts, LinkTargets, missing, outside, type Targets } from './linkTargets.ts';
import { LinkUses, parentUse } from './linkUses.ts';
import { type Meaning, Meanings } from './meanings.ts';
import { dottedAncestors, folderOf, pathKeyOf } from './names.ts';
import { hasSameNames, type LinkTarget, type NameEntry, NoteNames, type Reading } from './noteNames.ts';
import { namesRead } from './readLink.ts';

interface Entered {
	readonly note: LinkingNote;
	readonly key: string;
	readonly uses: LinkUses;
	readonly targets: Targets;
	parent: number | undefined;
}

/**
 * Which note links to which. Patched live: a note that comes, goes or is renamed changes only the links that are
 * looked up under a name of it, so that the state is always the one a fresh build would have.
 */
export class LinkIndex {
	readonly #names = new NoteNames();
	readonly #notes = new Map<number, Entered>();
	readonly #dendron = new DendronFolders();
	readonly #meanings = new Meanings(this.#names, this.#dendron);
	readonly #targets = new LinkTargets();
	readonly #changes = new ChangeFollowers((id) => this.graphNote(id));

	put(note: LinkingNote): void {
		const { id } = note;
		const old = this.#notes.get(id);
		const isRenamed = old === undefined || !hasSameNames(old.note, note);
		if (old !== undefined) this.#leave(old);
		if (old !== undefined && isRenamed) this.#setParent(old, undefined);
		const touched = new Set(isRenamed ? this.#names.remove(id) : []);
		if (isRenamed) for (const entry of this.#names.put(note)) touched.add(entry);
		const entered = this.#admit(note, isRenamed ? undefined : old.parent);
		if (old !== undefined && old.note.path !== note.path) this.#changes.remove(nodeIdOf(old.note));
		this.#enter(entered);
		this.#resolveLinkers(touched, id);
	}

	/** Puts all `notes` into an empty index, in slices: each link is read once, when every name is known. */
	async fill(notes: Iterable<LinkingNote>, slices: Slices): Promise<void> {
		for (const note of notes) {
			this.#names.put(note);
			this.#admit(note, undefined);
			await slices.pause();
		}
		for (const entered of this.#notes.values()) {
			entered.parent = this.#names.parentOf(entered.key);
			if (entered.parent !== undefined) this.#dendron.countParent(folderOf(entered.key), 1);
			await slices.pause();
		}
		for (const entered of this.#notes.values()) {
			this.#useNames(entered);
			await slices.pause();
		}
	}

	remove(id: number): void {
		const old = this.#notes.get(id);
		if (old === undefined) return;
		this.#leave(old);
		this.#setParent(old, undefined);
		this.#notes.delete(id);
		this.#changes.remove(nodeIdOf(old.note), id);
		this.#resolveLinkers(new Set(this.#names.remove(id)), id);
		this.#targets.forget(id);
	}

	/** The note that a link in the note at `from` means. */
	resolve(link: LinkTarget, from: string): number | undefined {
		const meaning = this.meaningOf(link, from);
		return meaning.kind === 'note' ? meaning.id : undefined;
	}

	/** What a link in the note at `from` means. */
	meaningOf(link: LinkTarget, from: string): Meaning {
		return this.#meanings.of(link, pathKeyOf(from));
	}

	/** The notes that a link in the note at `from` may mean; of several, which one it does is `resolve`'s to say. */
	candidates(link: LinkTarget, from: string): readonly number[] {
		return this.#meanings.candidates(link, pathKeyOf(from));
	}

	/** Whether links of the note at `path` are read as Dendron reads them. */
	isDendron(path: string): boolean {
		return this.#dendron.has(folderOf(pathKeyOf(path)));
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
		return [...(this.#targets.sources(id) ?? [])];
	}

	/** Notes that both link to. */
	shared(a: number, b: number): readonly number[] {
		const other = new Set(this.outgoing(b));
		return this.outgoing(a).filter((id) => other.has(id));
	}

	/** Whether `a` links `to` `b`, or is linked `from` it; `to` where both hold. */
	linked(a: number, b: number): 'to' | 'from' | undefined {
		if (this.#targets.sources(b)?.has(a) === true) return 'to';
		return this.#targets.sources(a)?.has(b) === true ? 'from' : undefined;
	}

	/** See `LinkTargets.counts`. */
	get counts(): LinkCounts {
		return this.#targets.counts;
	}

	/** Links that several notes answer to. */
	*ambiguous(): IterableIterator<AmbiguousLink> {
		for (const [id, places] of this.#targets.ambiguous()) {
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
			const meaning = this.#meanings.of(note.links[at]!, key);
			return meaning.kind === 'missing' ? `missing:${meaning.name}` : undefined;
		});
	}

	/** See `ChangeFollowers.follow`. */
	followChanges(): LinkChanges {
		return this.#changes.follow();
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
		for (const place of entered.uses.placesOf(entry)) {
			if (place === parentUse) this.#setParent(entered, this.#names.parentOf(entered.key));
			else this.#resolveLink(entered, place);
		}
	}

	/** The note is there; its links lead nowhere yet. */
	#admit(note: LinkingNote, parent: number | undefined): Entered {
		const key = pathKeyOf(note.path);
		const targets = note.links.map(() => outside);
		const entered: Entered = { note, key, uses: new LinkUses(this.#names, note.id), targets, parent };
		this.#notes.set(note.id, entered);
		if (note.links.some(({ alias }) => alias !== undefined)) this.#dendron.addBarred(folderOf(key), note.id);
		return entered;
	}

	#enter(entered: Entered): void {
		this.#useNames(entered);
		this.#setParent(entered, this.#names.parentOf(entered.key));
	}

	#useNames(entered: Entered): void {
		const { note, key, uses } = entered;
		for (const name of dottedAncestors(key)) uses.add(`/${name}`, parentUse);
		for (const [place, link] of note.links.entries()) {
			const readings = this.#meanings.readings(link, key);
			for (const reading of readings) for (const name of namesRead(reading)) uses.add(name, place);
			this.#resolveLink(entered, place, readings);
		}
		this.#changes.put(note.id);
	}

	#leave(entered: Entered): void {
		this.#targets.clear(entered.note.id, entered.targets);
		this.#dendron.removeBarred(folderOf(entered.key), entered.note.id);
		entered.uses.clear();
	}

	#resolveLink({ note, key, targets }: Entered, place: number, readings?: readonly Reading[]): void {
		const meaning = this.#meanings.of(note.links[place]!, key, readings, note.id);
		const target = meaning.kind === 'note' ? meaning.id : meaning.kind === 'missing' ? missing : outside;
		const isAmbiguous = meaning.kind === 'note' && meaning.candidates > 1;
		this.#targets.set(note.id, targets, place, target, isAmbiguous);
	}

	/** A folder that becomes Dendron's, or is so no more, has its links with a bar read anew. */
	#setParent(entered: Entered, parent: number | undefined): void {
		const had = entered.parent !== undefined;
		entered.parent = parent;
		if (had === (parent !== undefined)) return;
		for (const id of this.#dendron.countParent(folderOf(entered.key), had ? -1 : 1)) {
			const barred = this.#notes.get(id)!;
			barred.uses.clear();
			this.#enter(barred);
		}
	}
}
