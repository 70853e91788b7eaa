import type { DuckDBAppender } from '@duckdb/node-api';
import { Slices } from '../../core/slices.ts';
import type { Attachment } from './attachment.ts';

/** Rows handed to DuckDB at once, which is done on this thread: about two milliseconds of passages. */
const rowsPerFlush = 128;

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
	const slices = new Slices();
	try {
		for (const row of rows) {
			append(appender, row);
			if (++pending < rowsPerFlush) continue;
			appender.flushSync();
			pending = 0;
			await slices.pause();
		}
	} finally {
		appender.closeSync();
	}
}
