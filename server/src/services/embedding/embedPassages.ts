import { modelText } from '../../core/markdown/passage.ts';
import { type Embedder, EmbedderOff } from '../../ports/models.ts';
import type { StoredPassage } from '../../ports/store.ts';
import { knownVectors, type VectorSources } from './knownVectors.ts';

export interface Embedded {
	/** By the hash of the text; stored already. */
	readonly vectors: ReadonlyMap<string, Float32Array>;
	/** How many of them the model did not have to read. */
	readonly reused: number;
	/** Passages that the model can't read, and why. */
	readonly failed: readonly { readonly passage: StoredPassage; readonly reason: unknown }[];
	/** Passages not read because the model does not run now. */
	readonly waiting: readonly StoredPassage[];
}

/**
 * Gives passages their vectors: those that are known, and the model's of the rest, stored in one transaction and
 * kept for other folders. Throws on abort.
 */
export async function embedPassages(
	ids: readonly number[],
	embedder: Embedder,
	sources: VectorSources,
	signal: AbortSignal,
): Promise<Embedded> {
	const { model } = embedder;
	const passages = await sources.store.passages(ids);
	const known = await knownVectors(
		model,
		passages.map(({ textHash }) => textHash),
		sources,
	);
	const unknown = passages.filter(({ textHash }) => !known.has(textHash));
	const outcomes = await Promise.allSettled(
		unknown.map((passage) => embedder.embed([modelText(passage)], 'passage', signal)),
	);
	signal.throwIfAborted();
	const made = new Map<string, Float32Array>();
	const failed: { passage: StoredPassage; reason: unknown }[] = [];
	const waiting: StoredPassage[] = [];
	for (const [at, passage] of unknown.entries()) {
		const outcome = outcomes[at]!;
		if (outcome.status === 'fulfilled') made.set(passage.textHash, outcome.value[0]!);
		else if (outcome.reason instanceof EmbedderOff) waiting.push(passage);
		else failed.push({ passage, reason: outcome.reason });
	}
	await sources.store.putVectors(model.id, made);
	await sources.vectorCache.put(model, made);
	return { vectors: new Map([...known, ...made]), reused: known.size, failed, waiting };
}
