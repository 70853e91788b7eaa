import type { Logger } from '../../server/src/ports/system.ts';

/** Says nothing. */
export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };
