import { LinkIndex } from '../../core/links/linkIndex.ts';
import type { LinkTarget } from '../../core/links/noteNames.ts';
import { Boilerplate } from '../../core/ranking/boilerplate.ts';
import type { Language } from '../../core/ranking/languages.ts';
import { Vocabulary } from '../../core/ranking/vocabulary.ts';
import { Slices } from '../../core/slices.ts';
import { KeywordIndex } from '../../kernels/keywordIndex.ts';
import type { KeptFile } from '../../ports/keptParts.ts';
import type { IndexChange, IndexStore, StoredNote, StoredPassage } from '../../ports/store.ts';
import type { VectorFiles } from '../../ports/vectors.ts';
import { FolderGraph } from '../graph/folderGraph.ts';
import { restoreGraph } from '../graph/keptGraph.ts';
import { loadVectors } from '../vectors/loadVectors.ts';
import {
	anyDimensions,
	type VectorFollower,
	VectorIndex,
	type VectorModel,
	type VectorThreads,
} from '../vectors/vectorIndex.ts';
import { linkingNote, namesOf } from './derivedNote.ts';
import { DraftedNotes } from './draftedNotes.ts';
import { IdleWork } from './idleWork.ts';
import { addPassage, loadPassages } from './loadPassages.ts';
import { NoteTable } from './noteTable.ts';
import type { DerivedPassages } from './passageParts.ts';
import { type PassagePlace, PassagePlaces } from './passagePlaces.ts';

/**
 * All that answers come from, of one folder, in memory: derived from the store, and patched right after each of
 * its commits. Single-threaded: between two awaits it never changes.
 */
export class FolderIndex {
	readonly keyword = new KeywordIndex();
	readonly #compaction = new IdleWork(() => this.keyword.compact());
	readonly vocabulary = new Vocabulary();
	readonly links = new LinkIndex();
	readonly graph = new FolderGraph(this.links);
	/** The version whose graph the store was given last, and the one whose passages were kept. */
	keptGraphVersion: number | undefined;
	keptPassagesVersion: number | undefined;
	readonly boilerplate = new Boilerplate();
	follower: VectorFollower | undefined;
	/** Called after every change of notes. */
	notesFollower: (() => void) | undefined;
	/** Makes an empty index for the vectors of some model, which scans where this one does. */
	readonly newVectors: (model: VectorModel) => VectorIndex;
	readonly #notes = new NoteTable();
	readonly #passages = new PassagePlaces();
	readonly #drafts = new DraftedNotes();
	#vectors: VectorIndex;
	#version = 0;

	/** Without `threads` every scan is done here; without `files` exact vectors come from the store alone. */
	constructor(model?: VectorModel, threads?: VectorThreads, files?: VectorFiles) {
		this.newVectors = ({ id, dimensions }) =>
			new VectorIndex(dimensions, threads, files?.open(id, dimensions));
		this.#vectors = model === undefined ? new VectorIndex(anyDimensions) : this.newVectors(model);
	}

	get vectors(): VectorIndex {
		return this.#vectors;
	}

	/** Puts the vectors of another model in place of all there were. */
	replaceVectors(vectors: VectorIndex): void {
		this.#vectors.dispose();
		this.#vectors = vectors;
		this.follower?.replaced();
		this.#version++;
	}

	/** What is made of passages and their terms. */
	get derived(): DerivedPassages {
		const { keyword, vocabulary, boilerplate } = this;
		return { keyword, vocabulary, boilerplate, passages: this.#passages };
	}

	/** Fills an empty index from `store`, and from what was `kept` of it, as far as that holds. */
	async load(store: IndexStore, modelId: string, kept?: KeptFile): Promise<void> {
		const notes = await store.notes();
		const slices = new Slices();
		const arePassagesKept = await loadPassages(this.derived, store, notes, kept);
		for (const note of notes) {
			this.#notes.set(note);
			await slices.pause();
		}
		await this.links.fill(notes.map(linkingNote), slices);
		const isGraphKept = await restoreGraph(this, store, notes);
		await loadVectors(this.#vectors, store, modelId, this);
		this.#version++;
		if (isGraphKept) this.keptGraphVersion = this.#version;
		if (arePassagesKept) this.keptPassagesVersion = this.#version;
	}

	/** Follows a change that the store has committed. */
	apply({ put, touch, remove }: IndexChange): void {
		for (const id of remove) this.#removeNote(id);
		for (const { note, passages } of put) {
			this.#removePassages(note.id);
			const named = namesOf(note);
			for (const { id, terms, counts, textHash, startLine, endLine } of passages) {
				const place = { noteId: note.id, textHash, startLine, endLine };
				addPassage(this.derived, { id, terms, counts, ...place }, named);
			}
			this.#notes.set(note);
			this.links.put(linkingNote(note));
		}
		for (const { id, stamp } of touch) this.#notes.touch(id, stamp);
		if (put.length + remove.length > 0) this.#version++;
		if (this.keyword.isWasteful) this.#compaction.begin();
		this.notesFollower?.();
	}

	/** Takes in notes that no store holds yet; the next change of a note replaces its draft. */
	applyDrafts(change: IndexChange): void {
		this.apply(change);
		for (const note of change.put) this.#drafts.add(note);
	}

	/** A passage that is not in the store. */
	draft(id: number): StoredPassage | undefined {
		return this.#drafts.passage(id);
	}

	/** Whether a note is known by a draft only. */
	isDraft(noteId: number): boolean {
		return this.#drafts.has(noteId);
	}

	/** Notes that are known by a draft only. */
	get draftCount(): number {
		return this.#drafts.size;
	}

	/** Gives passages their vectors; a passage that is gone by now is passed over. */
	setVectors(vectors: ReadonlyMap<number, Float32Array>): void {
		const rows = [...vectors].flatMap(([id, vector]) => {
			const textHash = this.#passages.get(id)?.textHash;
			return textHash === undefined ? [] : [{ id, textHash, vector }];
		});
		for (const { id, vector } of rows) this.#vectors.set(id, vector);
		this.#vectors.file?.add(rows);
		for (const { id, vector } of rows) this.follower?.set(id, vector);
		this.#version++;
	}

	/** Grows with every change that could alter an answer. */
	get version(): number {
		return this.#version;
	}

	notes(): IterableIterator<StoredNote> {
		return this.#notes.all();
	}

	note(id: number): StoredNote | undefined {
		return this.#notes.get(id);
	}

	/** The note of this path, in whichever Unicode spelling. */
	noteAt(path: string): StoredNote | undefined {
		return this.#notes.at(path);
	}

	/** The note that a link in the note at `from` means. */
	noteNamed(link: LinkTarget, from: string): StoredNote | undefined {
		const id = this.links.resolve(link, from);
		return id === undefined ? undefined : this.#notes.get(id);
	}

	/** Languages that notes were indexed in. */
	languages(): IterableIterator<Language> {
		return this.#notes.languages();
	}

	/** The language that a passage's terms were made by. */
	languageOf(passageId: number): Language {
		return this.#notes.languageOf(this.#passages.noteOf(passageId));
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
		return this.#passages.of(noteId);
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
		return this.#notes.takeId();
	}

	takePassageId(): number {
		return this.#passages.takeId();
	}

	#removeNote(id: number): void {
		if (!this.#notes.delete(id)) return;
		this.#removePassages(id);
		this.links.remove(id);
	}

	#removePassages(noteId: number): void {
		this.boilerplate.remove(noteId);
		const ids = this.#passages.deleteOf(noteId);
		this.#drafts.remove(noteId, ids);
		for (const id of ids) {
			this.keyword.remove(id);
			this.vectors.remove(id);
			this.follower?.remove(id);
		}
	}
}
