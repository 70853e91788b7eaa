import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { getHeapSnapshot } from 'node:v8';

/** Writes all objects of this thread piece by piece, so that the text of it is never in memory; returns its size. */
export async function writeHeapSnapshot(file: string): Promise<number> {
	await pipeline(getHeapSnapshot(), createWriteStream(file, { mode: 0o600 }));
	return (await stat(file)).size;
}
