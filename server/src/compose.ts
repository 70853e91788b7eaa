import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { URI } from 'vscode-uri';
import { BackupFiles } from './adapters/duckdb/backupFiles.ts';
import { Database, databaseThreads, moveIndexAside } from './adapters/duckdb/database.ts';
import type { DatabaseTuning } from './adapters/duckdb/databaseTuning.ts';
import { DuckdbStore } from './adapters/duckdb/duckdbStore.ts';
import { readIndexHead } from './adapters/duckdb/indexFile.ts';
import { ParquetVectors } from './adapters/duckdb/parquetVectors.ts';
import { EmbedderShelf, type ShelfOptions } from './adapters/embedder/embedderShelf.ts';
import { bundledModel } from './adapters/embedder/models.ts';
import { DiskNotes } from './adapters/files/diskNotes.ts';
import { indexDisk } from './adapters/files/indexDisk.ts';
import { jsonFile } from './adapters/files/jsonFile.ts';
import { OwnDataOnDisk } from './adapters/files/ownData.ts';
import { RotatedLog } from './adapters/files/rotatedLog.ts';
import { NeighbourThread } from './adapters/hnsw/neighbourThread.ts';
import { fetchModel } from './adapters/hub/fetchModel.ts';
import { type PasswordSource, wantedNeo4j } from './adapters/neo4j/wantedNeo4j.ts';
import { ThreadReader } from './adapters/reader/threadReader.ts';
import { LeaderFile } from './adapters/socket/leaderFile.ts';
import { lockState } from './adapters/socket/lockState.ts';
import { lifeOf } from './adapters/socket/processIdentity.ts';
import { SocketDoor } from './adapters/socket/socketDoor.ts';
import { within } from './adapters/system/ask.ts';
import { recordCpuProfile, writePrivately } from './adapters/system/cpuProfile.ts';
import { examineMachine } from './adapters/system/doctorMachine.ts';
import { examinePlace } from './adapters/system/doctorPlace.ts';
import { collectGarbage } from './adapters/system/garbage.ts';
import { writeHeapSnapshot } from './adapters/system/heapSnapshot.ts';
import { askPower, countCores, ThisMachine } from './adapters/system/thisMachine.ts';
import { FileVectorCache } from './adapters/vectorCache/fileVectorCache.ts';
import { VectorDirectory } from './adapters/vectors/vectorDirectory.ts';
import { VectorWorker } from './adapters/vectors/vectorWorker.ts';
import { cacheDirectory, indexFileOf, lockFileOf, realPathOf } from './indexPlace.ts';
import { compileKernels } from './kernels/instance.ts';
import type { Profiler } from './ports/profiling.ts';
import type { Logger } from './ports/system.ts';
import type { StartOptions } from './protocol/control.ts';
import type { DoctorParts } from './services/doctor/doctor.ts';
import { SharedEngine } from './services/doors/sharedEngine.ts';
import { Engine } from './services/engine.ts';
import type { EngineParts } from './services/engineParts.ts';
import { Folder } from './services/folder.ts';
import { processesWithin } from './services/memory/governEngine.ts';
import { Notices } from './services/notices.ts';
import { Instruments } from './services/profiling/instruments.ts';
import { statementLog } from './services/profiling/statementLog.ts';
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
	/** Where the settings want a Neo4j server; left out it is in the environment. */
	readonly neo4jPassword?: PasswordSource;
	/** Whether indexing makes room for other programs: not so where the user waits for it. */
	readonly isBackground: boolean;
	/** Whether what is logged goes into a file besides. */
	readonly keepsLog?: boolean;
}

export interface ComposedEngine {
	readonly engine: SharedEngine;
	/** What it answers from for folders that are led here. */
	readonly led: Engine;
	/** The models' processes, which monitors measure. */
	readonly models: EmbedderShelf;
	readonly doctor: DoctorParts;
	/** What the engine itself logs to. */
	readonly logger: Logger;
}

/** Puts the engine together from what is real. Nothing is opened before a folder is added. */
export async function composeEngine(options: EngineOptions): Promise<ComposedEngine> {
	const { distDirectory, patienceMs, isBackground, start } = options;
	const { neo4jPassword = async () => process.env.NEO4J_PASSWORD } = options;
	let known = start();
	let read = readSettings(known.settings);
	const current = () => {
		if (start() !== known) {
			known = start();
			read = readSettings(known.settings);
			void tuneDatabase();
		}
		return read;
	};
	const settings = () => current().settings;
	const first = settings();
	const base = first['index.directory'] || cacheDirectory();
	const logFile = new RotatedLog(join(base, 'logs', 'server.log'), () => settings()['log.maxMb'] * 1_048_576);
	const logger = options.keepsLog === true ? withLogFile(options.logger, logFile) : options.logger;
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
	let heldDatabaseMb: number | undefined;
	let database: Promise<Database> | undefined;
	const logStatements = statementLog(logger);
	const databaseTuning = (asked: Settings): DatabaseTuning => ({
		threads: databaseThreads(asked['duckdb.threads'], machine.physicalCores()),
		memoryLimitMb: Math.min(heldDatabaseMb ?? Number.POSITIVE_INFINITY, asked['duckdb.memoryLimitMb']),
		checkpointThresholdMb: asked['duckdb.checkpointThresholdMb'],
		...(asked['duckdb.tempDirectory'] === '' ? {} : { tempDirectory: asked['duckdb.tempDirectory'] }),
	});
	/** With every change of settings, from then on. */
	async function tuneDatabase(): Promise<void> {
		const { settings: asked } = read;
		logStatements(asked['duckdb.profiling']);
		const refusals = await database?.then((open) => open.tune(databaseTuning(asked))).catch(() => []);
		for (const refusal of refusals ?? []) notices.say(refusal);
	}
	logStatements(first['duckdb.profiling']);
	// With the first index that is led here: a process that only asks another one needs neither database nor model.
	const openDatabase = () => {
		if (database === undefined) {
			database = Database.open(databaseTuning(settings()), logger);
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
	const makeFolder: EngineParts['makeFolder'] = (id, chooseModel, onProgress) => {
		const root = URI.parse(id.uri).fsPath;
		const indexFile = indexFileOf(root, first);
		const tellOfDamage = (kept: string) =>
			notices.say(
				`The index of ${id.name} was damaged and is being built again from the notes; the old file was kept as ${kept}.`,
			);
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
			place: indexDisk(dirname(indexFile)),
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
			remoteGraph: () =>
				settings()['graph.backend'] === 'neo4j'
					? wantedNeo4j(settings(), realPathOf(root), neo4jPassword)
					: undefined,
			keepsRemoteGraph: isBackground,
			benchmarks: jsonFile(join(dirname(indexFile), 'benchmarks.json')),
			tuning: jsonFile(join(dirname(indexFile), 'related.json')),
			backups: new BackupFiles(indexFile, openDatabase),
			upkeep: jsonFile(join(dirname(indexFile), 'maintenance.json')),
			blockCheck: { restMs: 300_000, everyMs: 24 * 3_600_000 },
			setStoreAside: async () => tellOfDamage(await moveIndexAside(indexFile)),
			openStore: async (onFault) => {
				const attachment = await (await openDatabase()).attach(indexFile);
				const { setAside } = attachment;
				if (setAside !== undefined) tellOfDamage(setAside);
				const store = new DuckdbStore(attachment, onFault);
				return {
					store,
					storeFile: store.file,
					wasDamaged: setAside !== undefined,
					portableVectors: new ParquetVectors(attachment),
				};
			},
			deleteStore: () => rm(dirname(indexFile), { recursive: true, force: true }),
		});
	};

	const wait = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal });
	const profiler: Profiler = {
		cpuProfile: recordCpuProfile,
		modelProfile: (file, seconds, signal) => models.atWork.profile(file, seconds, signal),
		heapSnapshot: writeHeapSnapshot,
		write: writePrivately,
		memory: () => {
			const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
			return {
				...{ residentBytes: rss, heapBytes: heapTotal },
				...{ heapUsedBytes: heapUsed, externalBytes: external },
			};
		},
		residentBytes: (pid) => machine.residentBytes([pid]),
		databaseMemory: async () => (await (await database)?.memory()) ?? [],
	};
	const led = new Engine({
		models,
		clock,
		logger,
		settings,
		clearVectorCache: () => vectorCache.clear(),
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
			databaseBytes: async () => {
				const held = (await (await database)?.memory()) ?? [];
				return held.reduce((sum, { bytes }) => sum + bytes, 0);
			},
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
				// One that is opened later is opened with it.
				heldDatabaseMb = mb;
				await (await database)?.limitMemory(databaseTuning(settings()).memoryLimitMb);
			},
			endIdleThreads: () => reader.endIdle(),
			collectGarbage,
		},
		dispose: async () => {
			await Promise.all([models.dispose(), reader.dispose(), vectorCache.dispose()]);
			machine.dispose();
			(await database)?.close();
		},
	});
	const engine = new SharedEngine({
		engine: led,
		ownData: new OwnDataOnDisk({ bases: [cacheDirectory(), base], leaderOf: otherLeaderOf }),
		instruments: new Instruments({ profiler, models, pid: process.pid, wait }),
		settings,
		notices,
		doorOf: (id) => {
			const indexFile = indexFileOf(URI.parse(id.uri).fsPath, first);
			return { door: new SocketDoor(lockFileOf(indexFile)), indexFile };
		},
		pid: process.pid,
		wait,
	});
	machine.watchEventLoop();
	return { engine, led, models, doctor: doctorParts(models, settings), logger };
}

/** The process that leads the index in `directory`, unless it is this one or has ended. */
async function otherLeaderOf(directory: string): Promise<number | undefined> {
	const held = await new LeaderFile(`${directory}.leader.json`).read();
	if (held.kind !== 'held' || held.record.pid === process.pid) return undefined;
	return (await lifeOf(held.record)) === 'gone' ? undefined : held.record.pid;
}

/** Writes into the file as well. */
function withLogFile(logger: Logger, file: RotatedLog): Logger {
	return {
		info: (message) => {
			file.write('info', message);
			logger.info(message);
		},
		warn: (message) => {
			file.write('warn', message);
			logger.warn(message);
		},
		error: (message, cause) => {
			file.write('error', cause instanceof Error ? `${message}: ${cause.stack ?? cause.message}` : message);
			logger.error(message, cause);
		},
	};
}

/** The models alone, without an engine: what `jarvis model` works on. `given` is as `readSettings` takes it. */
export function openShelf(distDirectory: string, given: StartOptions['settings'], logger: Logger) {
	const { settings } = readSettings(given);
	return makeShelf(distDirectory, () => settings, logger, { suitableProcesses: () => 1, onNotice: () => {} });
}

/** What the doctor looks at, without an engine. `given` is as `readSettings` takes it. */
export function openDoctor(
	distDirectory: string,
	given: StartOptions['settings'],
	logger: Logger,
): DoctorParts {
	const { settings } = readSettings(given);
	return doctorParts(openShelf(distDirectory, given, logger), () => settings);
}

function doctorParts(models: EmbedderShelf, settings: () => Settings): DoctorParts {
	return {
		settings,
		indexDirectory: () => settings()['index.directory'] || cacheDirectory(),
		probes: {
			machine: async () => {
				const [physicalCores, isOnBattery] = await Promise.all([countCores(), askPower()]);
				return examineMachine({ physicalCores, isOnBattery });
			},
			place: examinePlace,
			index: async (file) => {
				const lock = (await within(lockState(lockFileOf(file)))) ?? { kind: 'broken' };
				const head = await within(readIndexHead(file));
				return { file, lock, ...(head ?? { bytes: undefined, fault: 'Its file system does not answer.' }) };
			},
			model: () => models.verifyWanted(),
		},
		// Neo4j's advice on heap and page cache goes here, where it is configured.
		others: [],
	};
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
