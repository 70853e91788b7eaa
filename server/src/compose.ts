import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import envPaths from 'env-paths';
import { URI } from 'vscode-uri';
import { Database, databaseThreads, moveIndexAside } from './adapters/duckdb/database.ts';
import { DuckdbStore } from './adapters/duckdb/duckdbStore.ts';
import { ParquetVectors } from './adapters/duckdb/parquetVectors.ts';
import { EmbedderShelf, type ShelfOptions } from './adapters/embedder/embedderShelf.ts';
import { bundledModel } from './adapters/embedder/models.ts';
import { DiskNotes } from './adapters/files/diskNotes.ts';
import { indexPlace } from './adapters/files/indexPlace.ts';
import { jsonFile } from './adapters/files/jsonFile.ts';
import { NeighbourThread } from './adapters/hnsw/neighbourThread.ts';
import { fetchModel } from './adapters/hub/fetchModel.ts';
import { ThreadReader } from './adapters/reader/threadReader.ts';
import { SocketDoor } from './adapters/socket/socketDoor.ts';
import { collectGarbage } from './adapters/system/garbage.ts';
import { ThisMachine } from './adapters/system/thisMachine.ts';
import { FileVectorCache } from './adapters/vectorCache/fileVectorCache.ts';
import { VectorDirectory } from './adapters/vectors/vectorDirectory.ts';
import { VectorWorker } from './adapters/vectors/vectorWorker.ts';
import { compileKernels } from './kernels/instance.ts';
import type { Logger } from './ports/system.ts';
import type { StartOptions } from './protocol/control.ts';
import { SharedEngine } from './services/doors/sharedEngine.ts';
import type { EngineParts } from './services/engine.ts';
import { Folder } from './services/folder.ts';
import { processesWithin } from './services/memory/governEngine.ts';
import { Notices } from './services/notices.ts';
import { readSettings } from './settings/read.ts';
import type { Settings } from './settings/schema.ts';

/** A scan of so many takes as long as the server's own thread may be held up, on a slow machine. */
const mostVectorsHere = 200_000;
/** Half a minute without a change: whoever writes has paused. */
const neighboursRestMs = 30_000;
/** More processes of the model than this, nobody has the memory for. */
const mostProcesses = 4;

export interface EngineOptions {
	/** Folder of the bundles and of `models/`. */
	readonly distDirectory: string;
	/** Read again whenever they are needed: they may change while the engine runs. */
	readonly start: () => StartOptions;
	readonly logger: Logger;
	/** See `EngineParts`. */
	readonly patienceMs: number;
	/** Whether indexing makes room for other programs: not so where the user waits for it. */
	readonly isBackground: boolean;
}

export interface ComposedEngine {
	readonly engine: SharedEngine;
	/** The models' processes, which monitors measure. */
	readonly models: EmbedderShelf;
}

/** Puts the engine together from what is real. Nothing is opened before a folder is added. */
export async function composeEngine(options: EngineOptions): Promise<ComposedEngine> {
	const { distDirectory, logger, patienceMs, isBackground, start } = options;
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
	const notices = new Notices();
	const machine = new ThisMachine(() => models.cpuMs());
	const models = makeShelf(distDirectory, settings, logger, {
		suitableProcesses: () => {
			const cores = Math.min(mostProcesses, machine.physicalCores() - 1);
			return Math.max(1, Math.min(cores, processesWithin(settings()['memory.limitMb'])));
		},
		onNotice: (message) => notices.say(message),
	});

	await compileKernels();
	const askedDatabaseMb = () => settings()['duckdb.memoryLimitMb'];
	let databaseMb = askedDatabaseMb();
	let database: Promise<Database> | undefined;
	// With the first index that is led here: a process that only asks another one needs neither database nor model.
	const openDatabase = () => {
		if (database === undefined) {
			const threads = databaseThreads(first['duckdb.threads'], machine.physicalCores());
			database = Database.open({ threads, memoryLimitMb: databaseMb }, logger);
			if (first['model.preload']) {
				const wanted = models.wanted();
				models.embedder(wanted.kind === 'present' ? wanted.modelId : bundledModel.id).warm();
			}
		}
		return database;
	};
	const reader = new ThreadReader(join(distDirectory, 'reader.cjs'), {
		// For all models, so that passages stay what they are when the model changes.
		tokenizerFile: join(bundledDirectory(distDirectory), 'tokenizer.json'),
	});

	const vectorCache = new FileVectorCache({
		directory: join(cacheDirectory(), 'vectors'),
		maxBytes: () => settings()['cache.vectors.maxMb'] * 1_048_576,
		logger,
	});
	const clock = { now: () => performance.timeOrigin + performance.now() };
	const makeFolder: EngineParts['makeFolder'] = (id, chooseModel, onProgress, onTold) => {
		const root = URI.parse(id.uri).fsPath;
		const indexFile = indexFileOf(root, first);
		const describeDamage = (kept: string) =>
			`The index of ${id.name} was damaged and is being built again from the notes; the old file was kept as ${kept}.`;
		return new Folder(id, {
			files: new DiskNotes(root, () => [
				{ setting: 'files.exclude', globs: start().exclude },
				{ setting: 'search.exclude', globs: start().searchExclude ?? [] },
				{ setting: 'jarvis.indexing.exclude', globs: settings()['indexing.exclude'] },
			]),
			reader: reader.forFolder(root),
			chooseModel,
			vectorCache,
			clock,
			logger,
			settings,
			onProgress,
			...(isBackground ? { machine } : {}),
			indexFile,
			place: indexPlace(dirname(indexFile)),
			vectorThreads: {
				mostHere: mostVectorsHere,
				start: (dimensions) => new VectorWorker(join(distDirectory, 'vectors.cjs'), { dimensions }),
			},
			vectorFiles: new VectorDirectory(dirname(indexFile)),
			neighbours: {
				open: (made) => {
					const file = join(dirname(indexFile), 'neighbours.usearch');
					return new NeighbourThread(join(distDirectory, 'neighbours.cjs'), { ...made, file });
				},
				kept: jsonFile(join(dirname(indexFile), 'neighbours.json')),
				restMs: neighboursRestMs,
			},
			tuning: jsonFile(join(dirname(indexFile), 'related.json')),
			onTold,
			blockCheck: { restMs: 300_000, everyMs: 24 * 3_600_000 },
			setStoreAside: async () => describeDamage(await moveIndexAside(indexFile)),
			openStore: async (onFault) => {
				const attachment = await (await openDatabase()).attach(indexFile);
				const { setAside } = attachment;
				const told = setAside === undefined ? undefined : describeDamage(setAside);
				return {
					store: new DuckdbStore(attachment, onFault),
					portableVectors: new ParquetVectors(attachment),
					told,
				};
			},
			deleteStore: () => rm(dirname(indexFile), { recursive: true, force: true }),
		});
	};

	const engine = new SharedEngine({
		models,
		clock,
		logger,
		settings,
		settingProblems: () => [current().problems, vectorCache.problem ?? []].flat(),
		makeFolder,
		patienceMs,
		machine,
		isBackground,
		gauges: {
			processors: availableParallelism(),
			cpuMs: () => machine.ownCpuMs(),
			heap: () => {
				const { heapUsed, external } = process.memoryUsage();
				return { heapBytes: heapUsed, externalBytes: external };
			},
			databaseBytes: async () => (await (await database)?.memoryBytes()) ?? 0,
			eventLoop: () => machine.takeEventLoop(),
		},
		notices,
		memory: {
			measure: async () => {
				const bytes = await machine.residentBytes(models.running().flatMap(({ pids }) => pids));
				// They may have been ended meanwhile.
				const modelBytes = models.running().length === 0 ? 0 : bytes;
				return { modelBytes, serverBytes: process.memoryUsage.rss() };
			},
			limitDatabase: async (mb) => {
				databaseMb = Math.min(mb ?? Infinity, askedDatabaseMb());
				// One that is opened later is opened with it.
				await (await database)?.limitMemory(databaseMb);
			},
			endIdleThreads: () => reader.endIdle(),
			collectGarbage,
		},
		dispose: async () => {
			await Promise.all([models.dispose(), reader.dispose(), vectorCache.dispose()]);
			machine.dispose();
			(await database)?.close();
		},
		doorOf: (id) => {
			const indexFile = indexFileOf(URI.parse(id.uri).fsPath, first);
			// Beside the index's folder and not in it, so that it outlives “Delete Index”.
			return { door: new SocketDoor(`${dirname(indexFile)}.leader.json`), indexFile };
		},
		pid: process.pid,
		wait: (ms, signal) => delay(ms, undefined, { signal }),
	});
	machine.watchEventLoop();
	return { engine, models };
}

/** The models alone, without an engine: what `jarvis model` works on. `given` is as `readSettings` takes it. */
export function openShelf(distDirectory: string, given: StartOptions['settings'], logger: Logger) {
	const { settings } = readSettings(given);
	return makeShelf(distDirectory, () => settings, logger, { suitableProcesses: () => 1, onNotice: () => {} });
}

function makeShelf(
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

function bundledDirectory(distDirectory: string): string {
	return join(distDirectory, 'models', bundledModel.directory);
}

function cacheDirectory(): string {
	return envPaths('jarvis', { suffix: '' }).cache;
}

function indexFileOf(root: string, settings: Settings): string {
	return join(indexDirectoryOf(root, settings), 'index.duckdb');
}

/** Where a folder's index lives: named after the folder, told apart by its real path. */
function indexDirectoryOf(root: string, settings: Settings): string {
	const base = settings['index.directory'] || cacheDirectory();
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
