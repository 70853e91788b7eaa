import assert from 'node:assert/strict';
import type { NeighbourMaker } from '../../server/src/services/neighbours/neighbourParts.ts';

/** For folders that compare all passages. */
export const noNeighbours: NeighbourMaker = {
	open: () => assert.fail('no graph is asked for'),
	kept: { read: async () => undefined, write: async () => {} },
	restMs: 0,
};
