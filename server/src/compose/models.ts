import { join } from 'node:path';
import { fetchModel } from '../adapters/hub/fetchModel.ts';
import { DiskModelLibrary } from '../adapters/models/diskModelLibrary.ts';
import { bundledModel } from '../adapters/models/modelSpec.ts';
import { cacheDirectory } from '../indexPlace.ts';
import type { StartOptions } from '../protocol/control.ts';
import { readSettings } from '../settings/read.ts';
import type { Settings } from '../settings/schema.ts';

/** The models without an engine: what `jarvis model` works on. `given` is as `readSettings` takes it. */
export function openLibrary(distDirectory: string, given: StartOptions['settings']): DiskModelLibrary {
	const { settings } = readSettings(given);
	return makeLibrary(distDirectory, () => settings);
}

/** All models, those that are fetched and those that may be. */
export function makeLibrary(distDirectory: string, settings: () => Settings): DiskModelLibrary {
	return new DiskModelLibrary({
		bundledDirectory: bundledDirectory(distDirectory),
		fetchedDirectory: () => settings()['model.directory'] || join(cacheDirectory(), 'models'),
		settings,
		fetchModel: (source, directory, onProgress, signal) => {
			const endpoint = settings()['model.endpoint'] || process.env.HF_ENDPOINT || '';
			return fetchModel(source, directory, endpoint, onProgress, signal);
		},
	});
}

/** Of the model that comes with the program. */
export function bundledDirectory(distDirectory: string): string {
	return join(distDirectory, 'models', bundledModel.directory);
}
