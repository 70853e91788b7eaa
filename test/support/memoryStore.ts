import {
	type IndexChange,
	type IndexStore,
	type NewPassage,
	type PassageStamp,
	passagesPerStamp,
	type StoredNote,
	type StoredPassage,
	type StoredTerms,
} from '../../server/src/ports/store.ts';

/** The index in memory: what `DuckdbStore` must do, said plainly. Keeps nothing. */
export class MemoryStore implements IndexStore {
	readonly #notes = new Map<number, StoredNote>();
	readonly #passages = new Map<number, NewPassage & { readonly noteId: number }>();
	#graph: Uint8Array | undefined;
	readonly #vectors = new Map<string, Map<string, Float32Array>>();

	async notes(): Promise<readonly StoredNote[]> {
		return [...this.#notes.values()].sort((a, b) => a.id - b.id);
	}

	async passageTerms(
		onBatch: (batch: readonly StoredTerms[]) => void,
		groups?: readonly number[],
	): Promise<void> {
		const all = [...this.#passages.values()].sort((a, b) => a.id - b.id);
		const wanted = all.filter(({ id }) => groups?.includes(groupOf(id)) ?? true);
		onBatch(wanted.map(({ heading: _heading, text: _text, ...terms }) => terms));
	}

	async passageStamps(): Promise<ReadonlyMap<number, PassageStamp>> {
		const stamps = new Map<number, PassageStamp>();
		for (const [id, { counts, ...passage }] of [...this.#passages].sort(([a], [b]) => a - b)) {
			const { count, idSum, hash } = stamps.get(groupOf(id)) ?? { count: 0, idSum: 0, hash: '' };
			const own = `${JSON.stringify(passage)}${counts.join()}`;
			stamps.set(groupOf(id), { count: count + 1, idSum: idSum + id, hash: hash + own });
		}
		return stamps;
	}

	async embeddedPassages(modelId: string): Promise<Int32Array> {
		const known = this.#vectorsOf(modelId);
		const found = [...this.#passages.values()].filter(({ textHash }) => known.has(textHash));
		return Int32Array.from(found, ({ id }) => id);
	}

	async passageVectors(
		modelId: string,
		onBatch: (ids: Int32Array, vectors: readonly Float32Array[]) => void,
	): Promise<void> {
		const known = this.#vectorsOf(modelId);
		const found = [...this.#passages.values()].filter(({ textHash }) => known.has(textHash));
		onBatch(
			Int32Array.from(found, ({ id }) => id),
			found.map(({ textHash }) => known.get(textHash)!),
		);
	}

	async write({ put, touch, remove }: IndexChange): Promise<void> {
		if (put.length + remove.length > 0) this.#graph = undefined;
		for (const id of [...remove, ...put.map(({ note }) => note.id)]) this.#remove(id);
		for (const { id, stamp } of touch) {
			const note = this.#notes.get(id);
			if (note !== undefined) this.#notes.set(id, { ...note, stamp: { ...note.stamp, ...stamp } });
		}
		for (const { note, passages } of put) {
			this.#notes.set(note.id, note);
			for (const passage of passages) this.#passages.set(passage.id, { ...passage, noteId: note.id });
		}
	}

	async graphImage(): Promise<Uint8Array | undefined> {
		return this.#graph;
	}

	async putGraphImage(image: Uint8Array): Promise<void> {
		this.#graph = image.slice();
	}

	async vectorsOf(
		modelId: string,
		passageIds: readonly number[],
	): Promise<ReadonlyMap<number, Float32Array>> {
		const known = this.#vectorsOf(modelId);
		return new Map(
			passageIds.flatMap((id) => {
				const vector = known.get(this.#passages.get(id)?.textHash ?? '');
				return vector === undefined ? [] : [[id, vector] as const];
			}),
		);
	}

	async vectors(modelId: string, textHashes: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
		const known = this.#vectorsOf(modelId);
		return new Map(
			textHashes.flatMap((hash) => (known.has(hash) ? [[hash, known.get(hash)!] as const] : [])),
		);
	}

	async coverage(): Promise<ReadonlyMap<string, number>> {
		const all = [...this.#passages.values()];
		const counts = [...this.#vectors].map(
			([model, known]) => [model, all.filter(({ textHash }) => known.has(textHash)).length] as const,
		);
		return new Map(counts.filter(([, count]) => count > 0));
	}

	async putVectors(modelId: string, vectors: ReadonlyMap<string, Float32Array>): Promise<void> {
		const known = this.#vectorsOf(modelId);
		for (const [hash, vector] of vectors) if (!known.has(hash)) known.set(hash, vector);
	}

	async passages(ids: readonly number[]): Promise<readonly StoredPassage[]> {
		return ids.flatMap((wanted) => {
			const passage = this.#passages.get(wanted);
			if (passage === undefined) return [];
			const { id, noteId, heading, text, startLine, endLine, textHash } = passage;
			return [{ id, noteId, heading, text, startLine, endLine, textHash }];
		});
	}

	async pruneVectors(keep: number): Promise<number> {
		const used = new Set([...this.#passages.values()].map(({ textHash }) => textHash));
		const orphans = [...this.#vectors].flatMap(([model, vectors]) =>
			[...vectors.keys()].filter((hash) => !used.has(hash)).map((hash) => [model, hash] as const),
		);
		const gone = orphans.slice(0, Math.max(0, orphans.length - keep));
		for (const [model, hash] of gone) this.#vectorsOf(model).delete(hash);
		return gone.length;
	}

	async sizeBytes(): Promise<number> {
		return 0;
	}

	async check(): Promise<void> {}

	async close(): Promise<void> {}

	#vectorsOf(modelId: string): Map<string, Float32Array> {
		const known = this.#vectors.get(modelId) ?? new Map<string, Float32Array>();
		this.#vectors.set(modelId, known);
		return known;
	}

	#remove(noteId: number): void {
		this.#notes.delete(noteId);
		for (const { id, noteId: owner } of this.#passages.values())
			if (owner === noteId) this.#passages.delete(id);
	}
}

function groupOf(passageId: number): number {
	return Math.floor(passageId / passagesPerStamp);
}
