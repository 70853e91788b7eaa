import { modelText } from '../../core/markdown/passage.ts';
import { type Embedder, EmbedderOff } from '../../ports/models.ts';
import type { IndexStore, StoredPassage } from '../../ports/store.ts';

export interface Embedded {
	/** By the hash of the text; stored already. */
	readonly vectors: ReadonlyMap<string, Float32Array>;
	/** Passages that the model can't read, and why. */
	readonly failed: readonly { readonly passage: StoredPassage; readonly reason: unknown }[];
	/** Passages not read because the model does not run now. */
	readonly waiting: readonly StoredPassage[];
}

/** Reads passages with a model and stores their vectors, in one transaction. Throws on abort. */
export async function embedPassages(
	ids: readonly number[],
	embedder: Embedder,
	store: IndexStore,
	signal: AbortSignal,
): Promise<Embedded> {
	const passages = await store.passages(ids);
	const outcomes = await Promise.allSettled(
		passages.map((passage) => embedder.embed([modelText(passage)], 'passage', signal)),
	);
	signal.throwIfAborted();
	const vectors = new Map<string, Float32Array>();
	const failed: { passage: StoredPassage; reason: unknown }[] = [];
	const waiting: StoredPassage[] = [];
	for (const [at, passage] of passages.entries()) {
		const outcome = outcomes[at]!;
		if (outcome.status === 'fulfilled') vectors.set(passage.textHash, outcome.value[0]!);
		else if (outcome.reason instanceof EmbedderOff) waiting.push(passage);
		else failed.push({ passage, reason: outcome.reason });
	}
	await store.putVectors(embedder.model.id, vectors);
	return { vectors, failed, waiting };
}
