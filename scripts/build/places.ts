import { join } from 'node:path';

/** What runs: bundles, the native packages of one platform, the model. Scripts run in the root of the checkout. */
export const dist = 'dist';

export function inDist(...parts: readonly string[]): string {
	return join(dist, ...parts);
}
