import { type Embedder, EmbedderOff, type EmbedderState, type EmbeddingModel } from '../../ports/models.ts';
import type { TtlCache } from '../ttlCache.ts';

/** An embedder that remembers the vectors of questions; passages have theirs in the store. */
export class QueryEncoder implements Embedder {
	readonly #embedder: Embedder;
	readonly #vectors: TtlCache<Float32Array>;
	readonly #off: string | undefined;

	/** `vectors` may be shared by several models. `off` tells why no vector is of use now, when none is. */
	constructor(embedder: Embedder, vectors: TtlCache<Float32Array>, off: string | undefined) {
		this.#embedder = embedder;
		this.#vectors = vectors;
		this.#off = off;
	}

	async embed(
		texts: readonly string[],
		kind: 'query' | 'passage',
		signal: AbortSignal,
	): Promise<readonly Float32Array[]> {
		if (kind === 'passage') return this.#embedder.embed(texts, kind, signal);
		return Promise.all(texts.map((text) => this.#encode(text, signal)));
	}

	get model(): EmbeddingModel {
		return this.#embedder.model;
	}

	get state(): EmbedderState {
		return this.#embedder.state;
	}

	get msPerText(): number | undefined {
		return this.#embedder.msPerText;
	}

	onState(listener: (state: EmbedderState) => void): () => void {
		return this.#embedder.onState(listener);
	}

	memoryBytes(): number {
		return this.#embedder.memoryBytes();
	}

	dispose(): Promise<void> {
		return this.#embedder.dispose();
	}

	async #encode(text: string, signal: AbortSignal): Promise<Float32Array> {
		signal.throwIfAborted();
		if (this.#off !== undefined) throw new EmbedderOff(this.#off);
		const key = `${this.model.id}\0${text}`;
		const known = this.#vectors.get(key);
		if (known !== undefined) return known;
		const [vector] = await this.#embedder.embed([text], 'query', signal);
		this.#vectors.set(key, vector!);
		return vector!;
	}
}
