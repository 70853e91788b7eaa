import type { Logger } from '../../server/src/ports.ts';

/** Says nothing. */
export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };
