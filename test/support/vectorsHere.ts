import assert from 'node:assert/strict';
import type { VectorThreads } from '../../server/src/services/vectors/vectorIndex.ts';

/** Every scan is done on the test's own thread. */
export const vectorsHere: VectorThreads = {
	mostHere: Number.POSITIVE_INFINITY,
	start: () => assert.fail('no thread is asked for'),
};
