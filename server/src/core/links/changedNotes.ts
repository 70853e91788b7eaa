import type { GraphChange, GraphNote, NodeId } from '../../ports/graph.ts';

/** Which notes of a graph have changed since one follower last took them. */
export class ChangedNotes {
	readonly #put = new Set<number>();
	readonly #remove = new Set<NodeId>();

	put(id: number): void {
		this.#put.add(id);
	}

	/** A node is no more; `id` where its note is neither. */
	remove(node: NodeId, id?: number): void {
		this.#remove.add(node);
		if (id !== undefined) this.#put.delete(id);
	}

	clear(): void {
		this.#put.clear();
		this.#remove.clear();
	}

	/** Of at most so many notes; what is removed comes first. */
	take(most: number, graphNote: (id: number) => GraphNote | undefined): GraphChange {
		const put: GraphNote[] = [];
		for (const id of this.#put) {
			if (put.length >= most) break;
			this.#put.delete(id);
			const note = graphNote(id);
			if (note !== undefined) put.push(note);
		}
		// A path that another note has by now is no removal; where that one is yet to be taken, it comes after.
		const taken = new Set(put.map(({ id }) => id));
		const remove = [...this.#remove].filter((node) => !taken.has(node));
		this.#remove.clear();
		return { put, remove };
	}
}
