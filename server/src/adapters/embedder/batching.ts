import type { EmbedRequest } from './messages.ts';

/** A text that waits in a model process, as the model reads it. */
export interface Waiting {
	readonly request: EmbedRequest;
	readonly ids: readonly number[];
}

/**
 * Takes out of `queue` what is read next in one run: the first question alone, else the first passage with as many of
 * the same length as may go together. Padding would change what the model makes of a text.
 */
export function takeBatch(queue: Waiting[]): readonly Waiting[] {
	const question = queue.findIndex(({ request }) => request.kind === 'query');
	if (question >= 0) return queue.splice(question, 1);
	const first = queue.shift();
	if (first === undefined) return [];
	const batch = [first];
	for (let at = 0; at < queue.length && batch.length < first.request.batchSize; ) {
		if (queue[at]!.ids.length === first.ids.length) batch.push(...queue.splice(at, 1));
		else at++;
	}
	return batch;
}
