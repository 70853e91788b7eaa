import type { StoreBackups, StoreFile } from '../../server/src/ports/storeFile.ts';

const refuse = async () => {
	throw new Error('there are no files here');
};

/** Where a test keeps everything in memory. */
export const noStoreFile: StoreFile = {
	usage: async () => ({ bytes: 0, wasted: 0 }),
	analyze: async () => {},
	compact: async () => {},
	checkpoint: async () => {},
	backUp: refuse,
};

export const noBackups: StoreBackups = {
	unpack: refuse,
	putInPlace: refuse,
	undo: refuse,
	settle: async () => {},
};
