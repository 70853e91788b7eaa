import type { DuckDBConnection } from '@duckdb/node-api';
import { statementsWanted } from '../../tracing/collect.ts';
import { isTraced, traced } from '../../tracing/spans.ts';

type Run = DuckDBConnection['run'];

const mostOfName = 120;

/** Tells of every statement of a connection how long it took, while anyone listens; `connect` is for plans of them. */
export function observeStatements(
	connection: DuckDBConnection,
	connect: () => Promise<DuckDBConnection>,
): void {
	const run = connection.run.bind(connection);
	const stream = connection.stream.bind(connection);
	const observed = async <T>(start: () => Promise<T>, ...[sql, values, types]: Parameters<Run>) => {
		const startMs = performance.now();
		const wanted = statementsWanted();
		const result = await traced('database', nameOf(sql), start, { sql });
		const durationMs = performance.now() - startMs;
		wanted?.push({ sql, startMs, durationMs, plan: () => planOf(connect, sql, values, types) });
		return result;
	};
	connection.run = (...statement) =>
		isTraced() ? observed(() => run(...statement), ...statement) : run(...statement);
	connection.stream = (...statement) =>
		isTraced() ? observed(() => stream(...statement), ...statement) : stream(...statement);
}

/** By a connection of its own: another may run on the one that is observed. */
async function planOf(
	connect: () => Promise<DuckDBConnection>,
	...[sql, values, types]: Parameters<Run>
): Promise<string> {
	const connection = await connect();
	try {
		const result = await connection.runAndReadAll(`EXPLAIN ANALYZE ${sql}`, values, types);
		return result
			.getRows()
			.map(([, plan]) => String(plan))
			.join('\n');
	} finally {
		connection.closeSync();
	}
}

function nameOf(sql: string): string {
	return sql.replace(/\s+/g, ' ').slice(0, mostOfName);
}
