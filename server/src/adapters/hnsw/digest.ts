import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** What writes the files; another version might not read them. */
export const library = 'usearch 2.26.2';
const bytesAtOnce = 1_048_576;

/** SHA-256 of a file and of the library that wrote it. */
export function digestOf(file: string): string {
	const hash = createHash('sha256').update(library);
	const chunk = new Uint8Array(bytesAtOnce);
	const descriptor = openSync(file, 'r');
	try {
		for (;;) {
			const length = readSync(descriptor, chunk);
			if (length === 0) return hash.digest('hex');
			hash.update(chunk.subarray(0, length));
		}
	} finally {
		closeSync(descriptor);
	}
}
