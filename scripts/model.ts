/** `npm run model -- PRESET`: puts a model where `jarvis` finds it, for measuring where the hub is out of reach. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { presetSources } from '../server/src/adapters/models/catalogue.ts';
import { recordInstalled } from '../server/src/adapters/models/installed.ts';
import { keepModel } from './build/model.ts';
import { say, step } from './host/printer.ts';
import { SetupError } from './host/setupError.ts';

main().catch((error: unknown) => {
	if (!(error instanceof SetupError)) throw error;
	say(error.message);
	process.exitCode = 1;
});

async function main(): Promise<void> {
	const usual = join(envPaths('jarvis', { suffix: '' }).cache, 'models');
	const [preset = '', below = usual] = process.argv.slice(2);
	say(await step(`put the model ${preset} in its place`, () => placeModel(preset, below)));
}

async function placeModel(preset: string, below: string): Promise<string> {
	const known = presetSources().filter(({ files }) => files.every(({ sha256 }) => sha256.length > 0));
	const source = known.find((candidate) => candidate.preset === preset);
	if (source === undefined) {
		throw new SetupError(
			`Name one of ${known.map((candidate) => candidate.preset).join(', ')}: npm run model -- balanced`,
		);
	}
	const kept = await keepModel(source);
	const to = join(resolve(below), source.directory);
	mkdirSync(to, { recursive: true });
	for (const { name } of source.files) copyFileSync(join(kept, name), join(to, name));
	await recordInstalled(to, source);
	return to;
}
