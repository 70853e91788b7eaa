import { join } from 'node:path';
import type { ModelInfo, ModelLibrary, WantedModel } from '../../ports/models.ts';
import { UserError } from '../../ports/system.ts';
import { findSource, type ModelSettings, type ModelSource, presetSources, presets } from './catalogue.ts';
import { readInstalled } from './installed.ts';
import { bundledModel, type ModelSpec } from './modelSpec.ts';
import { findModelFault } from './verify.ts';

export interface LibraryOptions {
	/** Folder of the model that ships. */
	readonly bundledDirectory: string;
	/** Folder below which fetched models lie. */
	readonly fetchedDirectory: () => string;
	readonly settings: () => ModelSettings;
	/** Puts the files of a model that are missing into a folder, and records them. */
	readonly fetchModel: (
		source: ModelSource,
		directory: string,
		onProgress: (doneBytes: number, totalBytes: number | undefined) => void,
		signal: AbortSignal,
	) => Promise<void>;
}

/** A model whose files stand in `directory`. */
export interface InstalledModel {
	readonly model: ModelSpec;
	readonly directory: string;
}

/** The models of the catalogue and the one given by hand, as far as their files lie on this machine. */
export class DiskModelLibrary implements ModelLibrary {
	readonly #options: LibraryOptions;

	constructor(options: LibraryOptions) {
		this.#options = options;
	}

	wanted(): WantedModel {
		const name = this.#options.settings()['model.preset'];
		const source = this.#wantedSource();
		if (source === undefined) return { kind: 'absent', name, reason: noSuchModel(name) };
		const installed = this.#find(source);
		if (installed !== undefined) return { kind: 'present', modelId: installed.id };
		const reason = `The model ${name} is not on this machine. Fetch it with “Jarvis: Choose Model”, or \`jarvis model fetch ${name}\`.`;
		return { kind: 'absent', name, reason };
	}

	has(modelId: string): boolean {
		return this.installed(modelId) !== undefined;
	}

	/** The model of this id; `undefined` where its files are not here. */
	installed(modelId: string): InstalledModel | undefined {
		return this.#allInstalled().find(({ model }) => model.id === modelId);
	}

	list(): readonly ModelInfo[] {
		return this.#sources().map((source) => this.#describe(source));
	}

	async fetch(
		name: string,
		onProgress: (doneBytes: number, totalBytes: number | undefined) => void,
		signal: AbortSignal,
	): Promise<void> {
		const source = findSource(name, this.#options.settings());
		if (source === undefined) throw new UserError(noSuchModel(name));
		if (this.#find(source) !== undefined) return;
		await this.#options.fetchModel(source, this.#directoryOf(source), onProgress, signal);
	}

	/** What is wrong with the files of each model that is here, checked by their SHA-256. */
	async verify(): Promise<readonly { readonly id: string; readonly fault: string | undefined }[]> {
		return Promise.all(
			this.#allInstalled().map(async ({ model, directory }) => ({
				id: model.id,
				fault: await findModelFault(directory, model),
			})),
		);
	}

	/** What is wrong with the model that the settings ask for. */
	async verifyWanted(): Promise<{ readonly name: string; readonly fault: string | undefined }> {
		const name = this.#options.settings()['model.preset'];
		const wanted = this.wanted();
		if (wanted.kind === 'absent') return { name, fault: wanted.reason };
		const { model, directory } = this.installed(wanted.modelId)!;
		return { name, fault: await findModelFault(directory, model) };
	}

	/** What the settings ask for; `undefined` where they name no model. */
	#wantedSource(): ModelSource | undefined {
		const settings = this.#options.settings();
		return findSource(settings['model.preset'], settings);
	}

	#sources(): readonly ModelSource[] {
		const wanted = this.#wantedSource();
		const all = presetSources();
		return wanted === undefined || wanted.preset !== undefined ? all : [...all, wanted];
	}

	#allInstalled(): readonly InstalledModel[] {
		return this.#sources().flatMap((source) => {
			const model = this.#find(source);
			return model === undefined ? [] : { model, directory: this.#directoryOf(source) };
		});
	}

	#find(source: ModelSource): ModelSpec | undefined {
		return source.id === bundledModel.id ? bundledModel : readInstalled(this.#directoryOf(source), source);
	}

	#directoryOf({ directory }: ModelSource): string {
		const { bundledDirectory, fetchedDirectory } = this.#options;
		return directory === bundledModel.directory ? bundledDirectory : join(fetchedDirectory(), directory);
	}

	#describe(source: ModelSource): ModelInfo {
		const { id, preset, repository, languages, dimensions, files, cost } = source;
		const found = this.#find(source);
		const sizes = (found ?? source).files.map(({ bytes }) => bytes);
		return {
			...{ name: preset ?? repository, modelId: found?.id ?? id, repository, languages, cost },
			dimensions: found?.dimensions ?? dimensions,
			state: id === bundledModel.id ? 'bundled' : found === undefined ? 'absent' : 'fetched',
			bytes: sizes.includes(undefined) ? undefined : sizes.reduce<number>((sum, size) => sum + size!, 0),
			isHashKnown: files.every(({ sha256 }) => sha256.length > 0),
			directory: this.#directoryOf(source),
			isWanted: this.#wantedSource()?.id === id,
		};
	}
}

function noSuchModel(name: string): string {
	return `jarvis.model.preset “${name}” is neither a preset (${presets.join(', ')}) nor a model id (owner/name).`;
}
