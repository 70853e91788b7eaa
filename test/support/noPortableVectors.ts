import type { PortableVectors } from '../../server/src/ports/portableVectors.ts';

const refuse = async () => {
	throw new Error('there are no files here');
};

/** Where a test takes no vectors in or out. */
export const noPortableVectors: PortableVectors = { write: refuse, describe: refuse, read: refuse };
