import type { VectorCache } from '../../server/src/ports/vectorCache.ts';

/** A cache that is off. */
export const noVectorCache: VectorCache = {
	problem: undefined,
	get: async () => new Map(),
	put: async () => {},
	dispose: async () => {},
};
