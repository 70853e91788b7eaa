import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../ports/system.ts';

/**
 * Step n takes an index from version n to n + 1. A step that has shipped is never edited: a change is a new one.
 * Integer keys and no foreign keys: DuckDB checks the latter too eagerly, and keys of text cost four times the
 * memory. Passage and vector ids are never used again.
 */
const steps: readonly (readonly string[])[] = [
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
];

/** Brings the index that `connection` uses to the newest version, in one transaction; refuses a newer one. */
export async function migrate(connection: DuckDBConnection): Promise<void> {
	await connection.run('BEGIN');
	try {
		await connection.run('CREATE TABLE IF NOT EXISTS schema_version(version INTEGER NOT NULL)');
		const found = (await connection.runAndReadAll('SELECT version FROM schema_version')).getRowsJS();
		const version = Number(found[0]?.[0] ?? 0);
		if (version > steps.length) {
			throw new UserError(
				`The index was made by a newer version of Jarvis (schema ${version}, this one knows ${steps.length}). Update the extension, or delete the index.`,
			);
		}
		for (const sql of steps.slice(version).flat()) await connection.run(sql);
		await connection.run('DELETE FROM schema_version');
		await connection.run('INSERT INTO schema_version VALUES ($1)', [steps.length]);
		await connection.run('COMMIT');
	} catch (error) {
		await connection.run('ROLLBACK');
		throw error;
	}
}
