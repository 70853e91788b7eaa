import type { VectorFile, VectorRow } from '../../server/src/ports/vectors.ts';

/** A vector file in memory, empty when it is opened. Vectors are views that the next one overwrites, as of the real one. */
export class MemoryVectorFile implements VectorFile {
	readonly bytes = 0;
	readonly #rows = new Map<number, Float32Array>();

	async load(): Promise<void> {}

	add(rows: readonly VectorRow[]): void {
		for (const { id, vector } of rows) this.#rows.set(id, vector.slice());
	}

	remove(id: number): void {
		this.#rows.delete(id);
	}

	async read(ids: readonly number[], visit: (id: number, vector: Float32Array) => void): Promise<void> {
		for (const id of ids) {
			const kept = this.#rows.get(id);
			if (kept === undefined) continue;
			const view = kept.slice();
			visit(id, view);
			view.fill(Number.NaN);
		}
	}

	close(): void {
		this.#rows.clear();
	}
}
