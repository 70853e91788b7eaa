import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ARRAY, DuckDBDataChunk, DuckDBInstance, FLOAT, INTEGER } from '@duckdb/node-api';
import { dimensions, type Engine, type EngineData, wanted } from './engine.ts';

const rowsPerChunk = 2048;

/** DuckDB's own cosine over the plain table, compared with all, uncompressed as is fastest. */
export async function openDuckdb(data: EngineData): Promise<Engine> {
	const settings = { threads: '2', force_compression: 'uncompressed' };
	const instance = await DuckDBInstance.create(':memory:', settings);
	const connection = await instance.connect();
	await connection.run(`ATTACH '${join(data.directory, 'peer.duckdb')}' AS peer (ROW_GROUP_SIZE 10240)`);
	await connection.run('USE peer');
	await connection.run(`CREATE TABLE vec(id INTEGER, embedding FLOAT[${dimensions}])`);
	const appender = await connection.createAppender('vec', 'main', 'peer');
	// By value it would take minutes; this copies memory, through the package that the API itself stands on.
	const raw = createRequire(createRequire(import.meta.url).resolve('@duckdb/node-api'))(
		'@duckdb/node-bindings',
	);
	const vectors = readVectors(data);
	for (let first = 0; first < data.count; first += rowsPerChunk) {
		const rows = Math.min(rowsPerChunk, data.count - first);
		const chunk = DuckDBDataChunk.create([INTEGER, ARRAY(FLOAT, dimensions)], rows);
		const ids = Int32Array.from({ length: rows }, (_, at) => first + at);
		raw.copy_data_to_vector(raw.data_chunk_get_vector(chunk.chunk, 0), 0, ids.buffer, 0, rows * 4);
		const child = raw.array_vector_get_child(raw.data_chunk_get_vector(chunk.chunk, 1));
		raw.copy_data_to_vector(child, 0, vectors.buffer, first * dimensions * 4, rows * dimensions * 4);
		appender.appendDataChunk(chunk);
	}
	appender.closeSync();
	await connection.run('CHECKPOINT peer');
	const sql = (vector: readonly number[]) =>
		`SELECT id FROM vec ORDER BY array_cosine_similarity(embedding, [${vector}]::FLOAT[${dimensions}]) DESC LIMIT ${wanted}`;
	return {
		ask: async ({ vector }) =>
			(await connection.runAndReadAll(sql(vector))).getRows().map(([id]) => Number(id)),
	};
}

/** sqlite-vec's table of float32, compared with all. */
export async function openSqliteVec(data: EngineData): Promise<Engine> {
	const load = peerRequire(data);
	const Sqlite = load('better-sqlite3');
	const database = new Sqlite(join(data.directory, 'peer.sqlite'));
	load('sqlite-vec').load(database);
	database.exec(
		`CREATE VIRTUAL TABLE vec USING vec0(id INTEGER PRIMARY KEY, embedding float[${dimensions}] distance_metric=cosine)`,
	);
	const insert = database.prepare('INSERT INTO vec(id, embedding) VALUES (?, ?)');
	const vectors = readVectors(data);
	database.transaction(() => {
		for (let at = 0; at < data.count; at++)
			insert.run(BigInt(at), vectors.subarray(at * dimensions, (at + 1) * dimensions));
	})();
	const select = database.prepare(
		`SELECT id FROM vec WHERE embedding MATCH ? AND k = ${wanted} ORDER BY distance`,
	);
	return {
		ask: async ({ vector }) =>
			select.all(Float32Array.from(vector)).map((row: { readonly id: number }) => row.id),
	};
}

/** LanceDB without an index: flat, exact. */
export async function openLancedb(data: EngineData): Promise<Engine> {
	const lancedb = peerRequire(data)('@lancedb/lancedb');
	const connection = await lancedb.connect(join(data.directory, 'peer.lance'));
	const vectors = readVectors(data);
	const rowsOf = (first: number) =>
		Array.from({ length: Math.min(10_000, data.count - first) }, (_, at) => ({
			id: first + at,
			vector: vectors.subarray((first + at) * dimensions, (first + at + 1) * dimensions),
		}));
	const table = await connection.createTable('vec', rowsOf(0));
	for (let first = 10_000; first < data.count; first += 10_000) await table.add(rowsOf(first));
	return {
		ask: async ({ vector }) => {
			const query = table
				.search(Float32Array.from(vector))
				.distanceType('cosine')
				.select(['id', '_distance']);
			const rows = await query.limit(wanted).toArray();
			return rows.map((row: { readonly id: number }) => Number(row.id));
		},
	};
}

/** usearch's exact search over float32 in memory, two threads. */
export async function openUsearch(data: EngineData): Promise<Engine> {
	const usearch = peerRequire(data)('usearch');
	const vectors = readVectors(data);
	return {
		ask: async ({ vector }) => {
			const query = Float32Array.from(vector);
			const { keys } = usearch.exactSearch(vectors, query, dimensions, wanted, usearch.MetricKind.Cos, 2);
			return [...keys].map(Number);
		},
	};
}

function readVectors({ vectorsFile }: EngineData): Float32Array<ArrayBuffer> {
	const bytes = readFileSync(vectorsFile);
	return new Float32Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength / 4);
}

/** The peers are no dependencies of the project: they lie in a folder of the bench. */
function peerRequire({ packages }: EngineData): NodeJS.Require {
	return createRequire(join(packages, 'package.json'));
}
