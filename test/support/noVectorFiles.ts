import type { VectorFiles } from '../../server/src/ports/vectorFiles.ts';

const refuse = async () => {
	throw new Error('there are no files here');
};

/** Where a test takes no vectors in or out. */
export const noVectorFiles: VectorFiles = { write: refuse, describe: refuse, read: refuse };
