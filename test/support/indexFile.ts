import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** What is committed in an index file that nobody has open. */
export interface IndexContents {
	readonly notes: number;
	readonly passages: number;
	readonly vectors: number;
	/** Rows that no other row may be like, or that hang in the air: none, in a sound index. */
	readonly faults: Readonly<Record<string, number>>;
}

/** Path of the one index below `directory`; `undefined` before there is one. */
export function findIndexFile(directory: string): string | undefined {
	const found = readdirSync(directory, { recursive: true, encoding: 'utf8' });
	const file = found.find((path) => path.endsWith('index.duckdb'));
	return file === undefined ? undefined : join(directory, file);
}

/** Reads an index without changing it. */
export async function readIndexFile(file: string): Promise<IndexContents> {
	const [row] = await query(
		file,
		`SELECT (SELECT count(*) FROM note), (SELECT count(*) FROM passage), (SELECT count(*) FROM vector),
			(SELECT count(*) - count(DISTINCT path) FROM note), (SELECT count(*) - count(DISTINCT text_hash) FROM vector),
			(SELECT count(*) FROM passage ANTI JOIN note ON note.id = passage.note_id)`,
	);
	const [notes, passages, vectors, samePath, sameText, ownerless] = row!.map(Number);
	return {
		notes: notes!,
		passages: passages!,
		vectors: vectors!,
		faults: { samePath: samePath!, sameText: sameText!, ownerless: ownerless! },
	};
}

/** The bytes of every vector, hex, by the hash of its text. */
export async function readVectors(file: string): Promise<ReadonlyMap<string, string>> {
	const rows = await query(file, 'SELECT text_hash, hex(embedding) FROM vector');
	return new Map(rows.map(([hash, bytes]) => [String(hash), String(bytes)]));
}

async function query(file: string, sql: string): Promise<readonly (readonly unknown[])[]> {
	const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
	try {
		const connection = await instance.connect();
		const rows = (await connection.runAndReadAll(sql)).getRows();
		connection.closeSync();
		return rows;
	} finally {
		instance.closeSync();
	}
}
