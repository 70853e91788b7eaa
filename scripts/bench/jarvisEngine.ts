import { dirname, resolve } from 'node:path';
import { BackupFiles } from '../../server/src/adapters/duckdb/backupFiles.ts';
import { Database, databaseThreads } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import { ParquetVectors } from '../../server/src/adapters/duckdb/parquetVectors.ts';
import { bundledModel } from '../../server/src/adapters/models/modelSpec.ts';
import { ThisMachine } from '../../server/src/adapters/system/thisMachine.ts';
import { scanThreads, startVectorThreads } from '../../server/src/adapters/vectors/startVectorThreads.ts';
import { VectorDirectory } from '../../server/src/adapters/vectors/vectorDirectory.ts';
import type { Embedder } from '../../server/src/ports/models.ts';
import { Folder } from '../../server/src/services/folder/folder.ts';
import { search } from '../../server/src/services/search/search.ts';
import { ExactScores } from '../../server/src/services/vectors/exactScores.ts';
import { readSettings } from '../../server/src/settings/read.ts';
import { type Engine, type EngineData, wanted } from './engine.ts';

/** As in `compose.ts`. */
const mostVectorsHere = 200_000;
const logger = { info: () => {}, warn: () => {}, error: console.error };

/** The product's own parts but for the model: a question brings its vector along. */
export async function openJarvis({ name, indexFile }: EngineData): Promise<Engine> {
	const { settings } = readSettings({});
	const cores = new ThisMachine(() => 0).physicalCores();
	const threads = scanThreads(settings['search.threads'], cores);
	const database = await Database.open(
		{
			threads: databaseThreads(settings['duckdb.threads']),
			memoryLimitMb: settings['duckdb.memoryLimitMb'],
		},
		logger,
	);
	let asked = new Float32Array();
	const embedder: Embedder = {
		model: bundledModel,
		state: { kind: 'ready' },
		msPerText: undefined,
		embed: async () => [asked],
		onState: () => () => {},
		memoryBytes: () => 0,
		dispose: async () => {},
	};
	const folder = new Folder(
		{ uri: 'file:///bench', name: 'bench' },
		{
			files: {
				list: async () => ({ files: [], unreadable: [], excluded: [] }),
				stat: async () => undefined,
				locate: async () => ({ kind: 'missing' }),
			},
			reader: { read: async () => ({ kind: 'gone' }) },
			chooseModel: () => embedder,
			vectorCache: {
				problem: undefined,
				get: async () => new Map(),
				put: async () => {},
				dispose: async () => {},
			},
			clock: { now: () => performance.now() },
			logger,
			settings: () => settings,
			onProgress: () => {},
			indexFile,
			openStore: async () => {
				const attachment = await database.attach(indexFile);
				const portableVectors = new ParquetVectors(attachment);
				const store = new DuckdbStore(attachment);
				return { store, storeFile: store.file, portableVectors };
			},
			deleteStore: async () => {},
			vectorFiles: new VectorDirectory(dirname(indexFile)),
			setStoreAside: async () => {},
			blockCheck: { restMs: 2 ** 31 - 1, everyMs: 2 ** 31 - 1 },
			benchmarks: { read: async () => undefined, write: async () => {} },
			tuning: { read: async () => undefined, write: async () => {} },
			backups: new BackupFiles(indexFile, async () => database),
			upkeep: { read: async () => undefined, write: async () => {} },
			neighbours: {
				open: () => {
					throw new Error('the settings of the bench want no graph');
				},
				kept: { read: async () => undefined, write: async () => {} },
				restMs: 0,
			},
			vectorThreads: {
				mostHere: mostVectorsHere,
				start: (dimensions) => startVectorThreads(resolve('dist/vectors.cjs'), dimensions, threads),
			},
		},
	);
	await folder.open();
	const { signal } = new AbortController();
	const context = { embedder, settings: () => settings, patienceMs: Number.POSITIVE_INFINITY };
	return {
		facts: { postingsBytes: folder.index.keyword.bytes },
		ask: async ({ text, vector }) => {
			asked = Float32Array.from(vector);
			if (name === 'jarvis-exact') {
				const best = await new ExactScores(folder, bundledModel.id, asked).best(wanted, -1, undefined, []);
				return best.map(({ id }) => id - 1);
			}
			const { hits } = await search([folder], context, { query: text, limit: wanted }, signal);
			if (hits.length !== wanted) throw new Error(`${hits.length} hits for ${text}`);
			return [];
		},
	};
}
