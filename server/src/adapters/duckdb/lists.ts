import {
	type DuckDBConnection,
	type DuckDBType,
	type DuckDBValue,
	INTEGER,
	LIST,
	listValue,
} from '@duckdb/node-api';

/** Deletes the rows whose `column` is one of `ids`. */
export async function deleteWhere(
	writer: DuckDBConnection,
	table: string,
	column: string,
	ids: readonly number[],
): Promise<void> {
	if (ids.length === 0) return;
	await writer.run(
		`DELETE FROM ${table} USING (SELECT unnest($1) AS gone) AS list WHERE ${table}.${column} = list.gone`,
		[listValue([...ids])],
		[LIST(INTEGER)],
	);
}

/** Rows of `sql` for the list of keys that its `$1` stands for. */
export async function selectBy(
	connection: DuckDBConnection,
	sql: string,
	keys: readonly (string | number)[],
	type: DuckDBType,
): Promise<readonly (readonly DuckDBValue[])[]> {
	if (keys.length === 0) return [];
	return (await connection.runAndReadAll(sql, [listValue([...keys])], [LIST(type)])).getRows();
}

/** Deletes the passages of notes; returns their ids. */
export async function deletePassages(
	writer: DuckDBConnection,
	noteIds: readonly number[],
): Promise<readonly number[]> {
	const sql = 'SELECT id FROM passage SEMI JOIN (SELECT unnest($1) AS gone) ON note_id = gone';
	const rows = await selectBy(writer, sql, noteIds, INTEGER);
	await deleteWhere(writer, 'passage', 'note_id', noteIds);
	return rows.map(([id]) => Number(id));
}
