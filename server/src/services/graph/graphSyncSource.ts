import { foldedTarget } from '../../core/links/noteNames.ts';
import type { GraphChange, GraphEdge, GraphNote, NodeId } from '../../ports/graph.ts';
import type { IndexChange, StoredNote } from '../../ports/store.ts';
import type { FolderIndex } from '../folderIndex.ts';
import { changeOf, type GraphSource } from './graphSyncDifference.ts';

/** The notes of a folder's index as a graph has them; drafts and skipped notes are none. */
export class IndexedNotes implements GraphSource {
	readonly #index: FolderIndex;

	constructor(index: FolderIndex) {
		this.#index = index;
	}

	*notes(): Iterable<GraphNote> {
		for (const note of this.#index.notes()) if (this.#counts(note)) yield this.#noteOf(note);
	}

	note(id: NodeId): GraphNote | undefined {
		const path = id.slice('note:'.length);
		const note = this.#index.noteAt(path);
		return note?.stamp.path === path && this.#counts(note) ? this.#noteOf(note) : undefined;
	}

	/**
	 * Called before the index takes in a change; returns what is to be called after it, with all notes whose node or edges
	 * may be others then: those of the change, and those that linked to one of them before, or do after.
	 */
	follow(change: IndexChange, onChange: (change: GraphChange) => void): () => void {
		const notes = [...change.remove, ...change.put.map(({ note }) => note.id)];
		const affected = new Set<NodeId>();
		const collect = () => {
			for (const id of notes.flatMap((note) => [note, ...this.#index.links.backlinks(note)])) {
				const note = this.#index.note(id);
				if (note !== undefined) affected.add(idOf(note));
			}
		};
		collect();
		return () => {
			collect();
			if (affected.size > 0) onChange(changeOf(affected, this));
		};
	}

	#counts({ id, skipped }: StoredNote): boolean {
		return skipped === undefined && !this.#index.isDraft(id);
	}

	#noteOf(note: StoredNote): GraphNote {
		const { links, tags, title, stamp } = note;
		const id = idOf(note);
		const edges = new Map<string, GraphEdge>();
		const add = (edge: GraphEdge) => edge.to !== id && edges.set(`${edge.kind} ${edge.to}`, edge);
		for (const link of links) {
			const target = this.#index.noteNamed(link, stamp.path);
			const kind = link.kind === 'embed' ? 'embed' : 'link';
			add({ to: target === undefined ? `missing:${foldedTarget(link.target)}` : idOf(target), kind });
		}
		for (const tag of tags) add({ to: `tag:${tag.toLowerCase()}`, kind: 'tag' });
		return { id, title, edges: [...edges.values()] };
	}
}

function idOf({ stamp }: StoredNote): NodeId {
	return `note:${stamp.path}`;
}
