import { noteDigest } from '../../server/src/core/links/noteDigest.ts';
import type { GraphChange, GraphNote, NodeId, Reached } from '../../server/src/ports/graph.ts';
import type { GraphFault, RemoteGraph } from '../../server/src/ports/remoteGraph.ts';

/** A graph server in memory, as far as a sync needs one; it fails when a test says so. */
export class MemoryRemoteGraph implements RemoteGraph {
	readonly stored = new Map<NodeId, GraphNote>();
	/** Digests that no longer are of what is stored, as after somebody else's change. */
	readonly digestsOf = new Map<NodeId, string>();
	readonly calls: string[] = [];
	/** Thrown by the next calls of these names, one each. */
	readonly faults: { readonly call: string; readonly fault: GraphFault }[] = [];
	/** Called in the middle of a call of this name. */
	readonly during = new Map<string, () => void>();

	async open(): Promise<void> {
		await this.#call('open');
	}

	async takeOver(): Promise<void> {}

	async ping(): Promise<void> {
		await this.#call('ping');
	}

	async apply({ put, remove }: GraphChange): Promise<void> {
		await this.#call('apply');
		for (const note of put) {
			this.stored.set(note.id, note);
			this.digestsOf.set(note.id, noteDigest(note));
		}
		for (const id of remove) {
			this.stored.delete(id);
			this.digestsOf.delete(id);
		}
	}

	async digests(): Promise<ReadonlyMap<NodeId, string>> {
		const found = new Map(this.digestsOf);
		await this.#call('digests');
		return found;
	}

	async notes(onBatch: (batch: readonly GraphNote[]) => void): Promise<void> {
		await this.#call('notes');
		onBatch([...this.stored.values()]);
	}

	async removeAll(): Promise<number> {
		await this.#call('removeAll');
		const { size } = this.stored;
		this.stored.clear();
		this.digestsOf.clear();
		return size;
	}

	async neighbors(): Promise<readonly Reached[]> {
		await this.#call('neighbors');
		return [{ id: 'note:far', depth: 1, from: 'note:near', kind: 'link', direction: 'out' }];
	}

	async shortestPath(): Promise<readonly Reached[] | undefined> {
		return undefined;
	}

	async orphans(): Promise<readonly NodeId[]> {
		return [];
	}

	async missing() {
		return [];
	}

	async counts() {
		return { notes: this.stored.size, tags: 0, missing: 0, edges: 0 };
	}

	async close(): Promise<void> {
		this.calls.push('close');
	}

	async #call(name: string): Promise<void> {
		this.calls.push(name);
		const at = this.faults.findIndex(({ call }) => call === name);
		if (at >= 0) throw this.faults.splice(at, 1)[0]!.fault;
		// A server takes its time.
		await new Promise(setImmediate);
		const during = this.during.get(name);
		this.during.delete(name);
		during?.();
	}
}
