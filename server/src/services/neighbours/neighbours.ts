import type { VectorIndexStatus } from '../../protocol/status.ts';
import type { VectorFollower } from '../vectors/vectorIndex.ts';
import { NeighbourGraph } from './neighbourGraph.ts';
import type { NeighbourParts } from './neighbourParts.ts';

/** The graph of neighbours of one folder, there as long as the settings want one, and of the model in use. */
export class Neighbours implements VectorFollower {
	readonly #parts: NeighbourParts;
	#graph: NeighbourGraph | undefined;
	/** Graphs that end: they have the same file as the next one. */
	#ending: Promise<unknown> = Promise.resolve();
	#isDisposed = false;

	/** The folder's index must be loaded. */
	constructor(parts: NeighbourParts) {
		this.#parts = parts;
		this.reconsider();
	}

	/** Follows settings that may have changed. */
	reconsider(): void {
		const wanted = this.#wanted;
		const has = this.#graph?.options;
		if (wanted === undefined ? has === undefined : has !== undefined && isSame(wanted, has)) return;
		this.#begin();
	}

	set(id: number, vector: Float32Array): void {
		this.#graph?.set(id, vector);
	}

	remove(id: number): void {
		this.#graph?.remove(id);
	}

	replaced(): void {
		this.#begin();
	}

	/** See `NeighbourGraph`; `undefined` without one. */
	async nearest(...asked: Parameters<NeighbourGraph['nearest']>): Promise<readonly number[] | undefined> {
		return this.#graph?.nearest(...asked);
	}

	/** A graph that is wanted and is not there yet is being built. */
	get status(): VectorIndexStatus {
		const settings = this.#parts.settings();
		const kind = settings['vectorIndex.kind'];
		const recall10 = this.#graph?.recall10;
		return {
			kind,
			state: this.#graph?.state ?? (kind === 'exact' ? 'ready' : 'building'),
			m: settings['vectorIndex.m'],
			efConstruction: settings['vectorIndex.efConstruction'],
			efSearch: settings['vectorIndex.efSearch'],
			...(recall10 === undefined ? {} : { recall10 }),
		};
	}

	/** Why there is none although the settings want it. */
	get problem(): string | undefined {
		return this.#graph?.problem;
	}

	/** Resolves when the graph stands, is measured and is written, or can't be; at once where none is wanted. */
	async settle(): Promise<void> {
		await this.#ending;
		await this.#graph?.settle();
	}

	async dispose(): Promise<void> {
		this.#isDisposed = true;
		this.#end();
		await this.#ending;
	}

	#begin(): void {
		this.#end();
		this.#ending = this.#ending.then(() => {
			const wanted = this.#wanted;
			if (wanted !== undefined && this.#graph === undefined && !this.#isDisposed)
				this.#graph = new NeighbourGraph(this.#parts, wanted);
			this.#parts.onChanged();
		});
	}

	#end(): void {
		const graph = this.#graph;
		this.#graph = undefined;
		if (graph !== undefined) this.#ending = Promise.all([this.#ending, graph.dispose()]);
	}

	get #wanted() {
		const settings = this.#parts.settings();
		if (settings['vectorIndex.kind'] === 'exact') return undefined;
		return {
			dimensions: this.#parts.model().dimensions,
			m: settings['vectorIndex.m'],
			efConstruction: settings['vectorIndex.efConstruction'],
			efSearch: settings['vectorIndex.efSearch'],
		};
	}
}

function isSame(a: NeighbourGraph['options'], b: NeighbourGraph['options']): boolean {
	return (['dimensions', 'm', 'efConstruction', 'efSearch'] as const).every((name) => a[name] === b[name]);
}
