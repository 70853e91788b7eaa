import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { URI } from 'vscode-uri';
import { BackupFiles } from '../adapters/duckdb/backupFiles.ts';
import { DuckdbStore } from '../adapters/duckdb/duckdbStore.ts';
import { ParquetVectors } from '../adapters/duckdb/parquetVectors.ts';
import { moveIndexAside } from '../adapters/duckdb/setAside.ts';
import { DiskNotes } from '../adapters/files/diskNotes.ts';
import { indexDisk } from '../adapters/files/indexDisk.ts';
import { ioConcurrency } from '../adapters/files/ioConcurrency.ts';
import { jsonFile } from '../adapters/files/jsonFile.ts';
import { PartsFile } from '../adapters/files/partsFile.ts';
import { NeighbourThread } from '../adapters/hnsw/neighbourThread.ts';
import type { PasswordSource } from '../adapters/neo4j/wantedNeo4j.ts';
import type { ThreadReader } from '../adapters/reader/threadReader.ts';
import { scanThreads, startVectorThreads } from '../adapters/vectors/startVectorThreads.ts';
import { VectorDirectory } from '../adapters/vectors/vectorDirectory.ts';
import { indexFileOf } from '../indexPlace.ts';
import type { Machine } from '../ports/machine.ts';
import { type Clock, type Logger, UserError } from '../ports/system.ts';
import type { TrialBench } from '../ports/trials.ts';
import type { VectorCache } from '../ports/vectorCache.ts';
import type { StartOptions } from '../protocol/control.ts';
import type { EngineParts } from '../services/engineParts.ts';
import { Folder } from '../services/folder/folder.ts';
import { passagePartsVersion } from '../services/folder/passageParts.ts';
import type { Notices } from '../services/notices.ts';
import type { Settings } from '../settings/schema.ts';
import { remoteServers } from './remoteServers.ts';
import type { SharedDatabase } from './sharedDatabase.ts';

/** A scan of so many takes as long as the server's own thread may be held up, on a slow machine. */
const mostVectorsHere = 200_000;
/** Half a minute without a change: whoever writes has paused. */
const neighboursRestMs = 30_000;

export interface FolderMakerParts {
	readonly distDirectory: string;
	readonly start: () => StartOptions;
	readonly settings: () => Settings;
	/** As it was when the engine was put together: where an index is does not change while it runs. */
	readonly first: Settings;
	readonly database: SharedDatabase;
	readonly reader: ThreadReader;
	readonly vectorCache: VectorCache;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly notices: Notices;
	readonly machine: Machine;
	readonly trials: TrialBench;
	readonly neo4jPassword: PasswordSource;
	/** See `EngineOptions`. */
	readonly isBackground: boolean;
}

/** Makes folders whose notes, index and models are real. */
export function folderMaker(parts: FolderMakerParts): EngineParts['makeFolder'] {
	const { distDirectory, start, settings, first, database, reader, vectorCache } = parts;
	const { clock, logger, notices, machine, trials, neo4jPassword, isBackground } = parts;
	return (id, chooseModel, onProgress) => {
		const root = URI.parse(id.uri).fsPath;
		const indexFile = indexFileOf(root, first);
		const tellOfDamage = (kept: string) =>
			notices.say(
				`The index of ${id.name} was damaged and is being built again from the notes; the old file was kept as ${kept}.`,
			);
		return new Folder(id, {
			files: new DiskNotes(
				root,
				() => [
					{ setting: 'files.exclude', globs: start().exclude },
					{ setting: 'search.exclude', globs: start().searchExclude ?? [] },
					{ setting: 'jarvis.indexing.exclude', globs: settings()['indexing.exclude'] },
				],
				undefined,
				() => ioConcurrency(settings()['io.concurrency'], machine.physicalCores()),
			),
			reader: reader.forFolder(root),
			chooseModel,
			vectorCache,
			clock,
			logger,
			settings,
			onProgress,
			...(isBackground ? { machine } : {}),
			trials,
			indexFile,
			place: indexDisk(dirname(indexFile)),
			vectorThreads: {
				mostHere: mostVectorsHere,
				start: (dimensions) => {
					const threads = scanThreads(settings()['search.threads'], machine.physicalCores());
					return startVectorThreads(join(distDirectory, 'vectors.cjs'), dimensions, threads);
				},
			},
			vectorFiles: new VectorDirectory(dirname(indexFile)),
			...(first['duckdb.accessMode'] === 'read_only'
				? {}
				: { keptPassages: new PartsFile(join(dirname(indexFile), 'passages.bin'), passagePartsVersion) }),
			neighbours: {
				open: (made) => {
					const file = join(dirname(indexFile), 'neighbours.usearch');
					return new NeighbourThread(join(distDirectory, 'neighbours.cjs'), { ...made, file });
				},
				kept: jsonFile(join(dirname(indexFile), 'neighbours.json')),
				restMs: neighboursRestMs,
			},
			...remoteServers(root, settings, neo4jPassword),
			keepsRemoteGraph: isBackground,
			keepsAtEnd: !isBackground,
			benchmarks: jsonFile(join(dirname(indexFile), 'benchmarks.json')),
			tuning: jsonFile(join(dirname(indexFile), 'related.json')),
			backups: new BackupFiles(indexFile, () => database.open()),
			upkeep: jsonFile(join(dirname(indexFile), 'maintenance.json')),
			blockCheck: { restMs: 300_000, everyMs: 24 * 3_600_000 },
			setStoreAside: async () => {
				if (first['duckdb.accessMode'] === 'read_only') throw new UserError(damagedAsItIs(indexFile));
				tellOfDamage(await moveIndexAside(indexFile));
			},
			openStore: async (onFault) => {
				const attachment = await (await database.open()).attach(indexFile, first['duckdb.accessMode']);
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
}

const damagedAsItIs = (file: string) =>
	`The index ${file} is damaged, and jarvis.duckdb.accessMode (read_only) lets it not be made anew.`;
