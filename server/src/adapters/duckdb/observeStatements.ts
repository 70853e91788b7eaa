import type { DuckDBConnection } from '@duckdb/node-api';
import { isTraced, traced } from '../../tracing/spans.ts';

const mostOfName = 120;

/** Tells of every statement of a connection how long it took, while anyone listens. */
export function observeStatements(connection: DuckDBConnection): void {
	const run = connection.run.bind(connection);
	const stream = connection.stream.bind(connection);
	const observed = <T>(sql: string, start: () => Promise<T>) =>
		isTraced() ? traced('database', nameOf(sql), start, { sql }) : start();
	connection.run = (sql, values, types) => observed(sql, () => run(sql, values, types));
	connection.stream = (sql, values, types) => observed(sql, () => stream(sql, values, types));
}

function nameOf(sql: string): string {
	return sql.replace(/\s+/g, ' ').slice(0, mostOfName);
}
