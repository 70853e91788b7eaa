import type { Embedder } from '../../ports/models.ts';
import type { Folder } from '../folder/folder.ts';

/**
 * The question's vector, or why there is none. Waits for a model that is not ready at most `patienceMs`; throws on
 * abort only.
 */
export async function askModel(
	folders: readonly Folder[],
	embedder: Embedder,
	query: string,
	patienceMs: number,
	signal: AbortSignal,
): Promise<Float32Array | string> {
	if (folders.every(({ index }) => index.vectors.size === 0)) {
		// A model that is off tells what to do; that there are no vectors only follows from it.
		return embedder.state.kind === 'off' ? embedder.state.reason : 'no passage has a vector yet';
	}
	return encodeQuestion(embedder, query, patienceMs, signal);
}

/** The same, whatever has vectors. */
export async function encodeQuestion(
	embedder: Embedder,
	query: string,
	patienceMs: number,
	signal: AbortSignal,
): Promise<Float32Array | string> {
	const patience = Number.isFinite(patienceMs)
		? AbortSignal.timeout(patienceMs)
		: new AbortController().signal;
	try {
		const [vector] = await embedder.embed([query], 'query', AbortSignal.any([signal, patience]));
		return vector!;
	} catch (error) {
		signal.throwIfAborted();
		if (patience.aborted) return 'the model is still starting';
		return error instanceof Error ? error.message : String(error);
	}
}
