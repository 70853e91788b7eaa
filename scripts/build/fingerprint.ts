import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** SHA-256 over what is in `paths` (files, and all files of folders, by name and content) and over `facts`. */
export function fingerprint(paths: readonly string[], facts: readonly string[] = []): string {
	const hash = createHash('sha256');
	for (const file of paths.flatMap(filesOf)) hash.update(`${file}\0`).update(digestOf(readFileSync(file)));
	for (const fact of facts) hash.update(`\0${fact}`);
	return hash.digest('hex');
}

/**
 * Makes something unless it stands as it was made from the same inputs: `outputs` are there, and `stamp`, written when
 * it was finished, holds `wanted`.
 */
export async function makeOnce(
	stamp: string,
	wanted: string,
	outputs: readonly string[],
	make: () => Promise<void>,
): Promise<void> {
	if (readStamp(stamp) === wanted && outputs.every((output) => existsSync(output))) return;
	await make();
	writeFileSync(stamp, wanted);
}

/** What a stamp says; '' where there is none. */
export function readStamp(stamp: string): string {
	return existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
}

function filesOf(path: string): readonly string[] {
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

function digestOf(content: Buffer): Buffer {
	return createHash('sha256').update(content).digest();
}
