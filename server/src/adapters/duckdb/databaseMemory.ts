import type { DuckDBConnection } from '@duckdb/node-api';
import type { DatabaseMemory } from '../../ports/profiling.ts';

/** What the database holds, by what for; tags that hold nothing are left out. */
export async function databaseMemory(connection: DuckDBConnection): Promise<readonly DatabaseMemory[]> {
	const result = await connection.runAndReadAll(
		'SELECT tag, memory_usage_bytes, temporary_storage_bytes FROM duckdb_memory()',
	);
	return result
		.getRows()
		.map(([tag, bytes, temporaryBytes]) => ({
			tag: String(tag),
			bytes: Number(bytes),
			temporaryBytes: Number(temporaryBytes),
		}))
		.filter(({ bytes, temporaryBytes }) => bytes + temporaryBytes > 0);
}
