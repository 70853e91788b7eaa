import { join } from 'node:path';
import { measureFile } from './installed.ts';
import { bundledModel, type ModelSpec } from './modelSpec.ts';

/** What is wrong with a model's files, or `undefined` when each is there with the SHA-256 it must have. */
export async function findModelFault(directory: string, model: ModelSpec): Promise<string | undefined> {
	const remedy =
		model.id === bundledModel.id
			? 'Reinstall the extension.'
			: `Delete ${directory} and fetch the model again.`;
	for (const { name, sha256 } of model.files) {
		let found: string;
		try {
			found = (await measureFile(join(directory, name))).sha256;
		} catch (error) {
			return `The model file ${name} can't be read (${(error as NodeJS.ErrnoException).code}). ${remedy}`;
		}
		if (found !== sha256) {
			return `The model file ${name} is damaged (sha256 ${found}, not ${sha256}). ${remedy}`;
		}
	}
	return undefined;
}
