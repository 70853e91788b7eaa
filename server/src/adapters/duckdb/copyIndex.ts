import { chmod, open, rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../ports/system.ts';
import type { Attachment } from './attachment.ts';
import { currentSchema, migrate } from './migrations.ts';
import { quoted } from './quoted.ts';

/** The graph is left out: older files have none, and it is made of the others. */
const tables = ['note', 'passage', 'model', 'vector'] as const;
/** As many as a group of rows has, so that each is written once; between two statements the caller may give up. */
const rowsPerStatement = 10_240;
/** Several folders may be copied at once, and names are the whole database's. */
let copies = 0;

export interface Counts {
	readonly schema: number;
	readonly notes: number;
	readonly passages: number;
	readonly vectors: number;
}

/**
 * Copies all rows of an open index, which nobody may write to meanwhile, into a new index file, and compares what is read
 * back from there. Throws `UserError` where that file can't be written; it is removed then.
 */
export async function copyIndex(
	attachment: Attachment,
	target: string,
	signal: AbortSignal,
): Promise<Counts> {
	await removeIndexFile(target);
	try {
		return await attachment.withConnection(async (connection) => {
			const prints = await writeCopy(connection, attachment, target, signal);
			const copied = await onTarget(target, () => readFile(connection, target));
			if (copied.prints.join() !== prints.join())
				throw new UserError(`${target} does not hold what was written.`);
			await onTarget(target, () => flush(target));
			return copied.counts;
		});
	} catch (error) {
		await removeIndexFile(target);
		throw error;
	}
}

/** Reads every block of the closed index `file` once, and counts what is in it. */
export async function readFile(
	connection: DuckDBConnection,
	file: string,
): Promise<{ readonly counts: Counts; readonly prints: readonly string[] }> {
	const copy = `copy${++copies}`;
	await connection.run(`ATTACH ${quoted(file)} AS ${copy} (READ_ONLY)`);
	try {
		const prints = await fingerprints(connection, copy);
		const [row] = await rowsOf(
			connection,
			`SELECT (SELECT max(version) FROM ${copy}.main.schema_version), (SELECT count(*) FROM ${copy}.main.note),
				(SELECT count(*) FROM ${copy}.main.passage), (SELECT count(*) FROM ${copy}.main.vector)`,
		);
		const [schema, notes, passages, vectors] = row!.map(Number);
		return { counts: { schema: schema!, notes: notes!, passages: passages!, vectors: vectors! }, prints };
	} finally {
		await connection.run(`DETACH ${copy}`);
	}
}

/** Returns the fingerprints of what was copied. */
async function writeCopy(
	connection: DuckDBConnection,
	{ catalog }: Attachment,
	target: string,
	signal: AbortSignal,
): Promise<readonly string[]> {
	const copy = `copy${++copies}`;
	await onTarget(target, async () => {
		// As `Database` makes a new index.
		await connection.run(`ATTACH ${quoted(target)} AS ${copy} (ROW_GROUP_SIZE 10240, BLOCK_SIZE 16384)`);
		await chmod(target, 0o600);
	});
	try {
		await connection.run(`USE ${copy}`);
		await onTarget(target, () => migrate(connection));
		for (const table of tables)
			await copyTable(connection, { from: catalog, to: copy, table }, target, signal);
		return await fingerprints(connection, catalog);
	} finally {
		await connection.run(`USE ${catalog}`);
		await onTarget(target, () => connection.run(`DETACH ${copy}`));
	}
}

/** A part at a time, each committed: all at once takes more memory than DuckDB may have. */
async function copyTable(
	connection: DuckDBConnection,
	{ from, to, table }: { readonly from: string; readonly to: string; readonly table: string },
	target: string,
	signal: AbortSignal,
): Promise<void> {
	const rows = `${from}.main.${table}`;
	for (let last = -1; ; ) {
		signal.throwIfAborted();
		const next = `SELECT id FROM ${rows} WHERE id > ${last} ORDER BY id LIMIT ${rowsPerStatement}`;
		const [found] = await rowsOf(connection, `SELECT max(id) FROM (${next})`);
		if (found![0] === null) return;
		const first = last + 1;
		last = Number(found![0]);
		const copied = `INSERT INTO ${to}.main.${table} SELECT * FROM ${rows} WHERE id BETWEEN ${first} AND ${last}`;
		await onTarget(target, () => connection.run(copied));
	}
}

/** Of every table one text that tells whether another one has the same rows. */
async function fingerprints(connection: DuckDBConnection, catalog: string): Promise<readonly string[]> {
	const found: string[] = [];
	for (const table of tables) {
		const sql = `SELECT count(*), bit_xor(hash(own)) FROM ${catalog}.main.${table} AS own`;
		found.push(`${table} ${(await rowsOf(connection, sql))[0]!.join(' ')}`);
	}
	return found;
}

async function rowsOf(connection: DuckDBConnection, sql: string) {
	return (await connection.runAndReadAll(sql)).getRows();
}

/** What fails here is the copy's fault, and must not be taken for one of the index. */
async function onTarget<T>(target: string, run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		const said = String(error);
		if (
			!said.includes(target) &&
			!/No space left|ENOSPC|quota|^(?:Error: )?Out of Memory|"copy\d+"/i.test(said)
		)
			throw error;
		if (/^(?:Error: )?Out of Memory/.test(said)) {
			throw new UserError(
				'The database has too little memory for a copy: raise jarvis.duckdb.memoryLimitMb.',
			);
		}
		const reason = /No space left|ENOSPC|quota/i.test(said)
			? 'there is no space left'
			: said.split('\n')[0]!.replace(/corrupt/gi, 'unreadable');
		throw new UserError(`${target} can't be written: ${reason}. The index is as it was.`);
	}
}

/** So that a power cut after a renaming finds the file whole. */
async function flush(file: string): Promise<void> {
	const handle = await open(file, 'r+');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** Removes a closed index and its log. */
export async function removeIndexFile(file: string): Promise<void> {
	await rm(file, { force: true });
	await rm(`${file}.wal`, { force: true });
}

/** Whether an index of this version of the tables can be read. */
export function isKnownSchema(version: number): boolean {
	return Number.isInteger(version) && version >= 1 && version <= currentSchema;
}
