import type { GraphChange, GraphNote, NodeId } from '../../ports/graph.ts';

/** Which notes of a graph have changed since they were last taken. */
export class ChangedNotes {
	readonly #put = new Set<number>();
	readonly #remove = new Set<NodeId>();
	/** Others that are told the same, and take it when they want. */
	readonly followers = new Set<ChangedNotes>();

	put(id: number): void {
		this.#put.add(id);
		for (const follower of this.followers) follower.put(id);
	}

	/** A node is no more; `id` where its note is neither. */
	remove(node: NodeId, id?: number): void {
		this.#remove.add(node);
		for (const follower of this.followers) follower.remove(node, id);
		if (id !== undefined) this.#put.delete(id);
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
