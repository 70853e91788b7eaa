import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import envPaths from 'env-paths';
import { URI } from 'vscode-uri';
import { Database } from './adapters/duckdb/database.ts';
import { DuckdbStore } from './adapters/duckdb/duckdbStore.ts';
import { ChildEmbedder } from './adapters/embedder/childEmbedder.ts';
import { bundledModel } from './adapters/embedder/models.ts';
import { findModelFault } from './adapters/embedder/verify.ts';
import { DiskNotes } from './adapters/files/diskNotes.ts';
import { jsonFile } from './adapters/files/jsonFile.ts';
import { ThreadReader } from './adapters/reader/threadReader.ts';
import type { Logger } from './ports.ts';
import type { StartOptions } from './protocol.ts';
import { Engine } from './services/engine.ts';
import { Folder, type FolderId } from './services/folder.ts';
import { readSettings, type Settings } from './settings.ts';

export interface EngineOptions {
	/** Folder of the bundles and of `models/`. */
	readonly distDirectory: string;
	/** Read again whenever they are needed: they may change while the engine runs. */
	readonly start: () => StartOptions;
	readonly logger: Logger;
	/** See `EngineParts`. */
	readonly patienceMs: number;
}

export interface ComposedEngine {
	readonly engine: Engine;
	/** The model's process, which tests end and monitors measure. */
	readonly embedder: ChildEmbedder;
}

/** Puts the engine together from what is real. Nothing is opened before a folder is added. */
export async function composeEngine(options: EngineOptions): Promise<ComposedEngine> {
	const { distDirectory, logger, patienceMs, start } = options;
	let known = start();
	let read = readSettings(known.settings);
	const current = () => {
		if (start() !== known) {
			known = start();
			read = readSettings(known.settings);
		}
		return read;
	};
	const settings = () => current().settings;
	const first = settings();
	const modelDirectory = join(distDirectory, 'models', bundledModel.directory);

	const database = await Database.open(
		{ threads: first['duckdb.threads'], memoryLimitMb: first['duckdb.memoryLimitMb'] },
		logger,
	);
	const reader = new ThreadReader(join(distDirectory, 'reader.cjs'), {
		tokenizerFile: join(modelDirectory, 'tokenizer.json'),
	});
	const embedder = new ChildEmbedder(
		{
			script: join(distDirectory, 'embedder.cjs'),
			directory: modelDirectory,
			model: bundledModel,
			priority: first['embedding.priority'],
			keepAliveMinutes: first['model.keepAliveMinutes'],
		},
		logger,
	);
	if (first['model.preload']) embedder.warm();

	const clock = { now: () => performance.timeOrigin + performance.now() };
	const makeFolder = (id: FolderId, onProgress: () => void) => {
		const root = URI.parse(id.uri).fsPath;
		const indexFile = join(indexDirectoryOf(root, first), 'index.duckdb');
		return new Folder(id, {
			files: new DiskNotes(root, () => [...start().exclude, ...settings()['indexing.exclude']]),
			reader: reader.forFolder(root),
			embedder,
			clock,
			logger,
			settings,
			onProgress,
			indexFile,
			tuning: jsonFile(join(dirname(indexFile), 'related.json')),
			openStore: async () => {
				const attachment = await database.attach(indexFile);
				const { setAside } = attachment;
				const told =
					setAside === undefined
						? undefined
						: `The index of ${id.name} was damaged and is being built again from the notes; the old file was kept as ${setAside}.`;
				return { store: new DuckdbStore(attachment), told };
			},
			deleteStore: () => rm(dirname(indexFile), { recursive: true, force: true }),
		});
	};

	const engine = new Engine({
		embedder,
		clock,
		logger,
		settings,
		settingProblems: () => current().problems,
		makeFolder,
		patienceMs,
		serverBytes: () => process.memoryUsage.rss(),
		dispose: async () => {
			await Promise.all([embedder.dispose(), reader.dispose()]);
			database.close();
		},
	});
	return { engine, embedder };
}

/** The models that come with the program, where their files lie, and a check of them by their SHA-256. */
export function describeModels(distDirectory: string) {
	const { id, dimensions, maxTokens } = bundledModel;
	const directory = join(distDirectory, 'models', bundledModel.directory);
	return [{ id, dimensions, maxTokens, directory, findFault: () => findModelFault(directory, bundledModel) }];
}

/** Where a folder's index lives: named after the folder, told apart by its real path. */
function indexDirectoryOf(root: string, settings: Settings): string {
	const base = settings['index.directory'] || envPaths('jarvis', { suffix: '' }).cache;
	const digest = createHash('sha256').update(realPathOf(root)).digest('hex').slice(0, 12);
	return join(base, `${basename(root) || 'root'}-${digest}`);
}

function realPathOf(path: string): string {
	try {
		return realpathSync.native(path);
	} catch {
		return path;
	}
}
