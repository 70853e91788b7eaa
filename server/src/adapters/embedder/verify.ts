import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ModelSpec } from './models.ts';

/** What is wrong with a model's files, or `undefined` when each is there with the SHA-256 it must have. */
export async function findModelFault(directory: string, model: ModelSpec): Promise<string | undefined> {
	for (const { name, sha256 } of model.files) {
		const hash = createHash('sha256');
		try {
			await pipeline(createReadStream(join(directory, name)), hash);
		} catch (error) {
			return `The model file ${name} can't be read (${(error as NodeJS.ErrnoException).code}). Reinstall the extension.`;
		}
		const found = hash.digest('hex');
		if (found !== sha256) {
			return `The model file ${name} is damaged (sha256 ${found}, not ${sha256}). Reinstall the extension.`;
		}
	}
	return undefined;
}
