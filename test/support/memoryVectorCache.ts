import type { CachedModel, VectorCache } from '../../server/src/ports/vectorCache.ts';

/** A cache in memory that forgets when told to. */
export class MemoryVectorCache implements VectorCache {
	readonly problem: string | undefined = undefined;
	readonly #vectors = new Map<string, Float32Array>();

	get size(): number {
		return this.#vectors.size;
	}

	forget(): void {
		this.#vectors.clear();
	}

	async get({ id }: CachedModel, textHashes: readonly string[]) {
		return new Map(
			textHashes.flatMap((hash) => {
				const vector = this.#vectors.get(`${id} ${hash}`);
				return vector === undefined ? [] : [[hash, vector] as const];
			}),
		);
	}

	async put({ id }: CachedModel, vectors: ReadonlyMap<string, Float32Array>): Promise<void> {
		for (const [hash, vector] of vectors) this.#vectors.set(`${id} ${hash}`, vector);
	}

	async dispose(): Promise<void> {}
}
