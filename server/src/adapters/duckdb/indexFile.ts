import { open } from 'node:fs/promises';

/** Three heads of 4 KB stand before the first block. */
const leastBytes = 3 * 4096;
/** After the checksum of the first head. */
const markAt = 8;
const mark = 'DUCK';

export interface IndexFileHead {
	/** `undefined` where there is no file. */
	readonly bytes: number | undefined;
	/** What is wrong with it, in a sentence. */
	readonly fault: string | undefined;
}

/** Reads the head of an index file without opening it as a database: no lock is taken, and another may have it open. */
export async function readIndexHead(path: string): Promise<IndexFileHead> {
	try {
		const file = await open(path, 'r');
		try {
			const { size } = await file.stat();
			if (size < leastBytes) return { bytes: size, fault: 'The file is cut off.' };
			const { buffer } = await file.read(Buffer.alloc(mark.length), 0, mark.length, markAt);
			const isDatabase = buffer.toString('latin1') === mark;
			return { bytes: size, fault: isDatabase ? undefined : 'The file is no DuckDB database.' };
		} finally {
			await file.close();
		}
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return { bytes: undefined, fault: undefined };
		return { bytes: undefined, fault: `The file can't be read (${code}).` };
	}
}
