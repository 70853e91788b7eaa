import type { GraphNote, NodeId } from '../../server/src/ports/graph.ts';
import type { GraphSource } from '../../server/src/services/graph/graphSyncDifference.ts';

/** Notes that a test changes by hand. */
export class MapSource implements GraphSource {
	readonly #notes = new Map<NodeId, GraphNote>();

	constructor(notes: readonly GraphNote[] = []) {
		for (const note of notes) this.#notes.set(note.id, note);
	}

	notes(): Iterable<GraphNote> {
		return this.#notes.values();
	}

	note(id: NodeId): GraphNote | undefined {
		return this.#notes.get(id);
	}

	put(note: GraphNote): void {
		this.#notes.set(note.id, note);
	}

	remove(id: NodeId): void {
		this.#notes.delete(id);
	}
}

/** Note `index` of a row: it links to the next two and has one tag. */
export function noteInRow(index: number): GraphNote {
	return {
		id: `note:row/${index}.md`,
		title: `Note ${index}`,
		edges: [
			{ to: `note:row/${index + 1}.md`, kind: 'link' },
			{ to: `note:row/${index + 2}.md`, kind: 'link' },
			{ to: `tag:row/${index % 10}`, kind: 'tag' },
		],
	};
}

export function row(length: number): readonly GraphNote[] {
	return Array.from({ length }, (_, index) => noteInRow(index));
}
