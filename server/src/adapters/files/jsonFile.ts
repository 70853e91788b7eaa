import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JsonDocument } from '../../ports/files.ts';

/** One JSON document in a file of ours; read as `undefined` where there is none, or none that can be read. */
export function jsonFile(path: string): JsonDocument {
	return {
		read: async () => {
			try {
				return JSON.parse(await readFile(path, 'utf8'));
			} catch {
				return undefined;
			}
		},
		/** Whole or not at all, even if the machine stops meanwhile. */
		write: async (document) => {
			await mkdir(dirname(path), { recursive: true });
			await writeFile(`${path}.new`, `${JSON.stringify(document)}\n`, { mode: 0o600 });
			await rename(`${path}.new`, path);
		},
	};
}
