import { rename } from 'node:fs/promises';

/** Moves an index that can't be read out of the way, and its log; returns where the file went. */
export async function moveIndexAside(file: string): Promise<string> {
	const aside = await moveAside(file);
	await rename(`${file}.wal`, `${aside}.wal`).catch(ignoreMissing);
	return aside;
}

export async function moveAside(file: string): Promise<string> {
	const aside = `${file}.damaged-${Date.now()}`;
	await rename(file, aside).catch(ignoreMissing);
	return aside;
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
	if (error.code !== 'ENOENT') throw error;
}
