import type { NotePath } from '../../ports/files.ts';
import type { Embedder } from '../../ports/models.ts';
import type { NewPassage } from '../../ports/store.ts';
import type { CachedModel } from '../../ports/vectorCache.ts';
import type { IndexerParts } from '../indexing/indexerParts.ts';
import { EmbedOrder } from './embedOrder.ts';
import { embedPassages } from './embedPassages.ts';
import { knownVectors } from './knownVectors.ts';
import { Unembedded } from './unembedded.ts';

/** Texts embedded between two commits: about half a second of work of one process, the most that a kill can lose. */
const textsPerBatch = 16;

/** The passages of a folder that have no vector yet, and how they come by one. */
export class PassageEmbedding {
	readonly #parts: IndexerParts;
	readonly #waiting = new Unembedded();
	readonly #order: EmbedOrder;

	constructor(parts: IndexerParts) {
		this.#parts = parts;
		this.#order = new EmbedOrder(parts.index, parts.buffers, parts.clock);
	}

	/** Texts without a vector. */
	get size(): number {
		return this.#waiting.size;
	}

	/** Looks through the index for passages without a vector. */
	find(): void {
		const { index } = this.#parts;
		this.#waiting.clear();
		for (const id of index.passageIds()) {
			// Drafts have no vectors: their notes are read whole yet.
			if (!index.vectors.has(id) && index.draft(id) === undefined)
				this.#waiting.add(index.passage(id)!.textHash, id);
		}
	}

	/** What waits is given up until it is found again. */
	clear(): void {
		this.#waiting.clear();
	}

	/** A note that was opened: it goes first. */
	preferNoteAt(path: NotePath): void {
		const note = this.#parts.index.noteAt(path);
		if (note !== undefined) this.#order.prefer(note.id);
	}

	/** Passages that were read and stored: those whose texts were read before, in any folder, get their vectors at once. Returns how many. */
	async take(
		passages: readonly NewPassage[],
		noteIds: Iterable<number>,
		model: CachedModel,
	): Promise<number> {
		const { index } = this.#parts;
		for (const id of noteIds) this.#order.prefer(id);
		const hashes = [...new Set(passages.map(({ textHash }) => textHash))];
		const known = await knownVectors(model, hashes, this.#parts);
		const found = new Map<number, Float32Array>();
		for (const { id, textHash } of passages) {
			const vector = known.get(textHash);
			if (vector === undefined) this.#waiting.add(textHash, id);
			else found.set(id, vector);
		}
		index.setVectors(found);
		return found.size;
	}

	/** Embeds the next texts, but for those that were read before; `isOff` where the model did not run for some of them. Throws on abort. */
	async embedBatch(
		embedder: Embedder,
		signal: AbortSignal,
	): Promise<{ readonly texts: number; readonly reused: number; readonly isOff: boolean }> {
		const { index, logger } = this.#parts;
		const batch = this.#order.next(embedder.batchOf ?? textsPerBatch, this.#waiting);
		const there = batch.filter(({ textHash, passageId }) => {
			const isThere = index.passage(passageId) !== undefined;
			if (!isThere) this.#waiting.remove(textHash, passageId);
			return isThere;
		});
		if (there.length === 0) return { texts: 0, reused: 0, isOff: false };
		const ids = there.map(({ passageId }) => passageId);
		const { vectors, reused, failed, waiting } = await embedPassages(ids, embedder, this.#parts, signal);
		for (const { passage, reason } of failed) {
			for (const id of this.#waiting.take(passage.textHash))
				this.#parts.seen.embedFailures.set(id, String(reason));
			logger.error(`Passage ${passage.id} gets no vector`, reason);
		}
		const found = new Map<number, Float32Array>();
		for (const [textHash, vector] of vectors) {
			for (const id of this.#waiting.take(textHash)) found.set(id, vector);
		}
		index.setVectors(found);
		return { texts: vectors.size - reused, reused, isOff: waiting.length > 0 };
	}
}
