import { join } from 'node:path';
import { EmbedderShelf, type ShelfOptions } from '../adapters/embedder/embedderShelf.ts';
import { bundledModel } from '../adapters/embedder/models.ts';
import { fetchModel } from '../adapters/hub/fetchModel.ts';
import { cacheDirectory } from '../indexPlace.ts';
import type { Logger } from '../ports/system.ts';
import type { StartOptions } from '../protocol/control.ts';
import { readSettings } from '../settings/read.ts';
import type { Settings } from '../settings/schema.ts';

/** The models alone, without an engine: what `jarvis model` works on. `given` is as `readSettings` takes it. */
export function openShelf(distDirectory: string, given: StartOptions['settings'], logger: Logger) {
	const { settings } = readSettings(given);
	return makeShelf(distDirectory, () => settings, logger, { suitableProcesses: () => 1, onNotice: () => {} });
}

/** All models, those that are fetched and those that may be. */
export function makeShelf(
	distDirectory: string,
	settings: () => Settings,
	logger: Logger,
	machine: Pick<ShelfOptions, 'suitableProcesses' | 'onNotice'>,
): EmbedderShelf {
	return new EmbedderShelf({
		...machine,
		script: join(distDirectory, 'embedder.cjs'),
		bundledDirectory: bundledDirectory(distDirectory),
		fetchedDirectory: () => settings()['model.directory'] || join(cacheDirectory(), 'models'),
		settings,
		fetchModel: (source, directory, onProgress, signal) => {
			const endpoint = settings()['model.endpoint'] || process.env.HF_ENDPOINT || '';
			return fetchModel(source, directory, endpoint, onProgress, signal);
		},
		logger,
	});
}

/** Of the model that comes with the program. */
export function bundledDirectory(distDirectory: string): string {
	return join(distDirectory, 'models', bundledModel.directory);
}
