import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../ports/system.ts';

/** Statements of one step. */
export type Migration = readonly string[];

/**
 * Step n takes an index from version n to n + 1. A step that has shipped is never edited: a change is a new one.
 * Integer keys and no foreign keys: DuckDB checks the latter too eagerly, and keys of text cost four times the
 * memory. Passage and vector ids are never used again.
 */
export const migrations: readonly Migration[] = [
	[
		`CREATE TABLE note(
			id INTEGER NOT NULL, path VARCHAR NOT NULL, size BIGINT NOT NULL, mtime_ms DOUBLE NOT NULL,
			hash VARCHAR NOT NULL, chunker INTEGER NOT NULL, skipped VARCHAR, title VARCHAR NOT NULL,
			details VARCHAR NOT NULL, indexed_at_ms DOUBLE NOT NULL)`,
		`CREATE TABLE passage(
			id INTEGER PRIMARY KEY, note_id INTEGER NOT NULL, heading VARCHAR NOT NULL, text VARCHAR NOT NULL,
			start_line INTEGER NOT NULL, end_line INTEGER NOT NULL, text_hash VARCHAR NOT NULL,
			terms VARCHAR NOT NULL, counts BLOB NOT NULL)`,
		'CREATE TABLE model(id INTEGER NOT NULL, name VARCHAR NOT NULL)',
		`CREATE TABLE vector(
			id INTEGER PRIMARY KEY, model_id INTEGER NOT NULL, text_hash VARCHAR NOT NULL, embedding BLOB NOT NULL)`,
	],
	['CREATE TABLE graph_part(id INTEGER NOT NULL, bytes BLOB NOT NULL)'],
];

/** Version of the tables that this program writes. */
export const currentSchema: number = migrations.length;

/** Version of the tables that `connection` uses; 0 where there are none yet. */
export async function schemaVersion(connection: DuckDBConnection): Promise<number> {
	const tables = await connection.runAndReadAll(
		"SELECT 1 FROM duckdb_tables() WHERE database_name = current_database() AND table_name = 'schema_version'",
	);
	if (tables.currentRowCount === 0) return 0;
	const found = (await connection.runAndReadAll('SELECT version FROM schema_version')).getRowsJS();
	return Number(found[0]?.[0] ?? 0);
}

/** Whether the steps from `version` on do more to rows that are there than leave them alone. */
export function rewritesRows(version: number, steps: readonly Migration[]): boolean {
	const ahead = version === 0 ? [] : steps.slice(version).flat();
	return ahead.some((sql) => !/^\s*CREATE\s+TABLE\b/i.test(sql));
}

/** Throws where an index of `version` would have to be changed before it can be read. */
export function checkSchema(version: number, steps: readonly Migration[] = migrations): void {
	if (version > steps.length) throw tooNew(version, steps);
	if (version < steps.length) {
		throw new UserError(
			`The index was made by an older version of Jarvis (schema ${version}, this one reads ${steps.length}). Let it be written once: jarvis.duckdb.accessMode automatic.`,
		);
	}
}

function tooNew(version: number, steps: readonly Migration[]): UserError {
	return new UserError(
		`The index was made by a newer version of Jarvis (schema ${version}, this one knows ${steps.length}), and is left as it is. Update the extension, or delete the index.`,
	);
}

/** Brings the index that `connection` uses to the newest version, in one transaction; refuses a newer one. */
export async function migrate(
	connection: DuckDBConnection,
	steps: readonly Migration[] = migrations,
): Promise<void> {
	const version = await schemaVersion(connection);
	if (version > steps.length) throw tooNew(version, steps);
	if (version === steps.length) return;
	await connection.run('BEGIN');
	try {
		await connection.run('CREATE TABLE IF NOT EXISTS schema_version(version INTEGER NOT NULL)');
		for (const sql of steps.slice(version).flat()) await connection.run(sql);
		await connection.run('DELETE FROM schema_version');
		await connection.run('INSERT INTO schema_version VALUES ($1)', [steps.length]);
		await connection.run('COMMIT');
	} catch (error) {
		await connection.run('ROLLBACK');
		throw error;
	}
}
