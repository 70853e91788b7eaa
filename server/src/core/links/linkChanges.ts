import type { GraphChange, GraphNote, NodeId } from '../../ports/graph.ts';
import { ChangedNotes } from './changedNotes.ts';

/** What has changed since one follower last asked. */
export interface LinkChanges {
	/** Of at most so many notes, all where left out: the rest is for the next time. Empty once there is nothing more. */
	take(most?: number): GraphChange;
	/** All so far is known otherwise. */
	skip(): void;
	stop(): void;
}

/** Tells every follower of every change; each takes it when it wants. */
export class ChangeFollowers {
	readonly #followers = new Set<ChangedNotes>();
	readonly #graphNote: (id: number) => GraphNote | undefined;

	constructor(graphNote: (id: number) => GraphNote | undefined) {
		this.#graphNote = graphNote;
	}

	/** All that changes from now on. */
	follow(): LinkChanges {
		const changes = new ChangedNotes();
		this.#followers.add(changes);
		return {
			take: (most = Number.POSITIVE_INFINITY) => changes.take(most, this.#graphNote),
			skip: () => changes.clear(),
			stop: () => void this.#followers.delete(changes),
		};
	}

	put(id: number): void {
		for (const follower of this.#followers) follower.put(id);
	}

	/** See `ChangedNotes.remove`. */
	remove(node: NodeId, id?: number): void {
		for (const follower of this.#followers) follower.remove(node, id);
	}
}
