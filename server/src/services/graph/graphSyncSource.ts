import type { GraphNote, NodeId } from '../../ports/graph.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';
import type { GraphSource } from './graphSyncDifference.ts';

/** The notes of a folder's index as a graph has them, but for drafts, whose links are not read yet. */
export class IndexedNotes implements GraphSource {
	readonly #index: FolderIndex;

	constructor(index: FolderIndex) {
		this.#index = index;
	}

	*notes(): Iterable<GraphNote> {
		for (const { id } of this.#index.notes()) {
			const note = this.#index.isDraft(id) ? undefined : this.#index.links.graphNote(id);
			if (note !== undefined) yield note;
		}
	}

	note(id: NodeId): GraphNote | undefined {
		const path = id.slice('note:'.length);
		const note = this.#index.noteAt(path);
		if (note === undefined || note.stamp.path !== path || this.#index.isDraft(note.id)) return undefined;
		return this.#index.links.graphNote(note.id);
	}
}
