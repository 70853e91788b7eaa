import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DuckDBAppender } from '@duckdb/node-api';
import type { Attachment } from './database.ts';

/** Rows handed to DuckDB at once, which is done on this thread: about two milliseconds of passages. */
const rowsPerFlush = 128;
/** How long this thread works on rows before it looks after what else waits for it. */
const sliceMs = 5;

/**
 * Appends `rows` to a table, within the transaction that its writer is in. Appending is many times faster than
 * inserting, and holds up the thread that does it: others get their turn between slices.
 */
export async function appendRows<T>(
	{ writer, catalog }: Attachment,
	table: string,
	rows: Iterable<T>,
	append: (appender: DuckDBAppender, row: T) => void,
): Promise<void> {
	const appender = await writer.createAppender(table, 'main', catalog);
	let pending = 0;
	let began = performance.now();
	try {
		for (const row of rows) {
			append(appender, row);
			if (++pending < rowsPerFlush) continue;
			appender.flushSync();
			pending = 0;
			if (performance.now() - began < sliceMs) continue;
			await nextTurn();
			began = performance.now();
		}
	} finally {
		appender.closeSync();
	}
}
