import type { Embedder } from '../../ports/models.ts';
import type { Logger } from '../../ports/system.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';
import { loadVectors } from '../vectors/loadVectors.ts';
import type { VectorIndex } from '../vectors/vectorIndex.ts';
import { embedPassages } from './embedPassages.ts';
import type { VectorSources } from './knownVectors.ts';
import { Unembedded } from './unembedded.ts';

/** Texts embedded between two commits. */
const textsPerBatch = 16;

interface SwitchParts extends VectorSources {
	readonly index: FolderIndex;
	readonly logger: Logger;
}

/**
 * Gives every passage of a folder a vector of another model, in the store alone: answers come from the old vectors
 * until all new ones stand. What was embedded stays, so that a switch goes on where it was, and back costs nothing.
 */
export class ModelSwitch {
	readonly embedder: Embedder;
	/** Whether every passage was read at the last look. */
	isReady = false;
	/** Whether it may take over as soon as it is ready. */
	mayTakeOver = false;
	readonly #sources: VectorSources;
	readonly #index: FolderIndex;
	readonly #logger: Logger;
	readonly #waiting = new Unembedded();
	/** Hashes of the texts that need nothing any more: embedded, or given up. */
	#done: Set<string> | undefined;

	constructor(embedder: Embedder, parts: SwitchParts) {
		this.embedder = embedder;
		this.#sources = parts;
		this.#index = parts.index;
		this.#logger = parts.logger;
	}

	/** Passages that have a vector of the new model. */
	get embedded(): number {
		return this.#done === undefined ? 0 : Math.max(0, this.#index.passageCount - this.#waiting.size);
	}

	/** Texts still to be embedded. */
	get ahead(): number {
		return this.#waiting.size;
	}

	/** Embeds one batch; `texts` were read by the model. `done`: nothing is left to embed now; `off`: the model does not run. */
	async step(
		signal: AbortSignal,
	): Promise<{ readonly kind: 'more' | 'done' | 'off'; readonly texts: number; readonly reused: number }> {
		this.#done ??= await this.#known();
		if (this.#waiting.size === 0) this.#gather(this.#done);
		if (this.#waiting.size === 0) return { kind: 'done', texts: 0, reused: 0 };
		const batch = this.#waiting.first(textsPerBatch);
		const there = batch.filter(({ passageId }) => this.#index.passage(passageId) !== undefined);
		for (const { textHash } of batch) this.#waiting.take(textHash);
		const ids = there.map(({ passageId }) => passageId);
		const { vectors, reused, failed, waiting } = await embedPassages(
			ids,
			this.embedder,
			this.#sources,
			signal,
		);
		for (const textHash of vectors.keys()) this.#done.add(textHash);
		for (const { id, textHash } of waiting) this.#waiting.add(textHash, id);
		for (const { passage, reason } of failed) {
			this.#done.add(passage.textHash);
			this.#logger.error(`Passage ${passage.id} gets no vector of ${this.embedder.model.id}`, reason);
		}
		return { kind: waiting.length > 0 ? 'off' : 'more', texts: vectors.size - reused, reused };
	}

	/** The new vectors of all passages, from the store. */
	async load(): Promise<VectorIndex> {
		const { model } = this.embedder;
		const vectors = this.#index.newVectors(model);
		try {
			await loadVectors(vectors, this.#sources.store, model.id, this.#index);
			return vectors;
		} catch (error) {
			vectors.dispose();
			throw error;
		}
	}

	async #known(): Promise<Set<string>> {
		const known = new Set<string>();
		for (const id of await this.#sources.store.embeddedPassages(this.embedder.model.id)) {
			const passage = this.#index.passage(id);
			if (passage !== undefined) known.add(passage.textHash);
		}
		return known;
	}

	/** Passages may have come since the last look. Drafts have no vectors: their notes are read whole yet. */
	#gather(done: ReadonlySet<string>): void {
		for (const id of this.#index.passageIds()) {
			if (this.#index.draft(id) !== undefined) continue;
			const { textHash } = this.#index.passage(id)!;
			if (!done.has(textHash)) this.#waiting.add(textHash, id);
		}
	}
}
