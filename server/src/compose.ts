import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { URI } from 'vscode-uri';
import { EmbedderShelf } from './adapters/embedder/embedderShelf.ts';
import { growThreadPool, ioConcurrency } from './adapters/files/ioConcurrency.ts';
import { OwnDataOnDisk } from './adapters/files/ownData.ts';
import { RotatedLog } from './adapters/files/rotatedLog.ts';
import { bundledModel } from './adapters/models/modelSpec.ts';
import { type PasswordSource, passwordOfEnvironment } from './adapters/neo4j/wantedNeo4j.ts';
import { ThreadReader } from './adapters/reader/threadReader.ts';
import { LeaderFile } from './adapters/socket/leaderFile.ts';
import { lifeOf } from './adapters/socket/processIdentity.ts';
import { SocketDoor } from './adapters/socket/socketDoor.ts';
import { collectGarbage } from './adapters/system/garbage.ts';
import { ThisMachine } from './adapters/system/thisMachine.ts';
import { FileVectorCache } from './adapters/vectorCache/fileVectorCache.ts';
import { doctorParts } from './compose/doctor.ts';
import { withLogFile } from './compose/logFile.ts';
import { folderMaker } from './compose/makeFolder.ts';
import { bundledDirectory, makeLibrary } from './compose/models.ts';
import { makeProfiler } from './compose/profiler.ts';
import { workspaceOfFolder } from './compose/remoteServers.ts';
import { SharedDatabase } from './compose/sharedDatabase.ts';
import { trialBench } from './compose/trialBench.ts';
import { cacheDirectory, indexFileOf, lockFileOf } from './indexPlace.ts';
import { compileKernels } from './kernels/instance.ts';
import type { Logger } from './ports/system.ts';
import type { StartOptions } from './protocol/control.ts';
import type { DoctorParts } from './services/doctor/doctor.ts';
import { SharedEngine } from './services/doors/sharedEngine.ts';
import { Engine } from './services/engine.ts';
import { processesWithin } from './services/memory/governEngine.ts';
import { Notices } from './services/notices.ts';
import { Instruments } from './services/profiling/instruments.ts';
import { readSettings } from './settings/read.ts';

/** More processes of the model than this, nobody has the memory for. */
const mostProcesses = 4;
/** Nobody types meanwhile, and the connection to a team's server has to be made first. */
const unhurriedMs = 30_000;

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
	const { neo4jPassword = passwordOfEnvironment } = options;
	let known = start();
	let read = readSettings(known.settings);
	const current = () => {
		if (start() !== known) {
			known = start();
			read = readSettings(known.settings);
			void database.tune();
		}
		return read;
	};
	const settings = () => current().settings;
	const first = settings();
	growThreadPool(ioConcurrency(first['io.concurrency'], availableParallelism()));
	const base = first['index.directory'] || cacheDirectory();
	const logFile = new RotatedLog(join(base, 'logs', 'server.log'), () => settings()['log.maxMb'] * 1_048_576);
	const logger = options.keepsLog === true ? withLogFile(options.logger, logFile) : options.logger;
	const notices = new Notices();
	const machine = new ThisMachine(() => models.cpuMs());
	const library = makeLibrary(distDirectory, settings);
	const models = new EmbedderShelf({
		...{ library, settings, logger, script: join(distDirectory, 'embedder.cjs') },
		suitableProcesses: () => {
			const cores = Math.min(mostProcesses, machine.physicalCores() - 1);
			return Math.max(1, Math.min(cores, processesWithin(settings()['memory.limitMb'])));
		},
		onNotice: (message) => notices.say(message),
	});

	await compileKernels();
	const database = new SharedDatabase({
		settings,
		logger,
		say: (message) => notices.say(message),
		// A process that only asks another one needs neither database nor model.
		onOpen: () => {
			if (!first['model.preload']) return;
			const wanted = library.wanted();
			models.embedder(wanted.kind === 'present' ? wanted.modelId : bundledModel.id).warm();
		},
	});
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
	const wait = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal });
	const led = new Engine({
		library,
		models,
		clock,
		logger,
		settings,
		clearVectorCache: () => vectorCache.clear(),
		settingProblems: () => [current().problems, vectorCache.problem ?? []].flat(),
		makeFolder: folderMaker({
			trials: trialBench({ distDirectory, models, database, settings }),
			...{ distDirectory, start, settings, first, database, reader, vectorCache },
			...{ clock, logger, notices, machine, neo4jPassword, isBackground },
		}),
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
			databaseBytes: async () => (await database.memory()).reduce((sum, { bytes }) => sum + bytes, 0),
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
			limitDatabase: (mb) => database.limit(mb),
			endIdleThreads: () => reader.endIdle(),
			collectGarbage,
		},
		dispose: async () => {
			await Promise.all([models.dispose(), reader.dispose(), vectorCache.dispose()]);
			machine.dispose();
			await database.close();
		},
	});
	const engine = new SharedEngine({
		engine: led,
		ownData: new OwnDataOnDisk({ bases: [cacheDirectory(), base], leaderOf: otherLeaderOf }),
		instruments: new Instruments({
			profiler: makeProfiler(models, machine, database),
			models,
			pid: process.pid,
			wait,
		}),
		settings,
		notices,
		team: {
			workspaceOf: (uri) => workspaceOfFolder(uri, settings()),
			patienceMs: () => (isBackground ? settings()['team.timeoutMs'] : unhurriedMs),
		},
		doorOf: (id) => {
			const indexFile = indexFileOf(URI.parse(id.uri).fsPath, first);
			return { door: new SocketDoor(lockFileOf(indexFile)), indexFile };
		},
		pid: process.pid,
		wait,
	});
	machine.watchEventLoop();
	return { engine, led, models, doctor: doctorParts(library, settings, neo4jPassword), logger };
}

/** The process that leads the index in `directory`, unless it is this one or has ended. */
async function otherLeaderOf(directory: string): Promise<number | undefined> {
	const held = await new LeaderFile(`${directory}.leader.json`).read();
	if (held.kind !== 'held' || held.record.pid === process.pid) return undefined;
	return (await lifeOf(held.record)) === 'gone' ? undefined : held.record.pid;
}
