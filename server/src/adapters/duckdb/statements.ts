import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { Slices } from '../../core/slices.ts';
import { StoreFault } from '../../ports/store.ts';
import { UserError } from '../../ports/system.ts';
import type { Attachment } from './attachment.ts';
import { explainFault } from './faults.ts';

const readOnly = 'The index is open to be read only: jarvis.duckdb.accessMode is read_only.';
const idsPerRange = 20_000;
/** Rows handed over before the time is looked at. */
const rowsAtOnce = 64;

/**
 * Runs statements on one index: writes wait for each other, reads run beside them. A connection runs one statement at
 * a time: two at once on it would mix their results up.
 */
export class Statements {
	readonly #attachment: Attachment;
	readonly #onFault: (fault: StoreFault) => void;
	#writes: Promise<unknown> = Promise.resolve();
	#reads: Promise<unknown> = Promise.resolve();

	/** `onFault` hears of everything that keeps the index from being used any longer. */
	constructor(attachment: Attachment, onFault: (fault: StoreFault) => void) {
		this.#attachment = attachment;
		this.#onFault = onFault;
	}

	read<T>(run: (reader: DuckDBConnection) => Promise<T>): Promise<T> {
		const done = this.#reads.then(() => this.explained(() => run(this.#attachment.reader)));
		this.#reads = done.catch(() => {});
		return done;
	}

	/** All of it or nothing. */
	transact<T>(run: (writer: DuckDBConnection) => Promise<T>): Promise<T> {
		if (this.#attachment.isReadOnly) return Promise.reject(new UserError(readOnly));
		const done = this.#writes.then(() =>
			this.explained(async () => {
				const { writer } = this.#attachment;
				await writer.run('BEGIN');
				try {
					const result = await run(writer);
					await writer.run('COMMIT');
					return result;
				} catch (error) {
					await writer.run('ROLLBACK').catch(() => {});
					throw error;
				}
			}),
		);
		this.#writes = done.catch(() => {});
		return done;
	}

	/** Lets no write begin before `run` is over; reads go on. */
	withoutWrites<T>(run: () => Promise<T>): Promise<T> {
		const done = this.#writes.then(() => this.explained(run));
		this.#writes = done.catch(() => {});
		return done;
	}

	/** The same for reads. */
	withoutReads<T>(run: () => Promise<T>): Promise<T> {
		const done = this.#reads.then(run);
		this.#reads = done.catch(() => {});
		return done;
	}

	/** Hands over all rows in small batches; others get their turn between them. */
	async stream(sql: string, onRows: (rows: readonly (readonly DuckDBValue[])[]) => void): Promise<void> {
		await this.read(async (reader) => {
			const result = await reader.stream(sql);
			for (;;) {
				const chunk = await result.fetchChunk();
				if (chunk === null || chunk.rowCount === 0) return;
				const slices = new Slices();
				const rows = chunk.getRows();
				for (let from = 0; from < rows.length; from += rowsAtOnce) {
					await slices.pause();
					onRows(rows.slice(from, from + rowsAtOnce));
				}
			}
		});
	}

	/** A part of a table at a time: a sort or a join of all of a big one takes more memory than DuckDB may have. */
	async eachRange(
		table: string,
		visit: (range: string) => Promise<void>,
		idsAtOnce = idsPerRange,
	): Promise<void> {
		const most = await this.read((reader) => reader.runAndReadAll(`SELECT max(id) FROM ${table}`));
		const last = Number(most.getRows()[0]![0] ?? -1);
		for (let first = 0; first <= last; first += idsAtOnce) {
			await visit(`id BETWEEN ${first} AND ${first + idsAtOnce - 1}`);
		}
	}

	/** Resolves when nothing runs any more. */
	async settled(): Promise<void> {
		await Promise.allSettled([this.#writes, this.#reads]);
	}

	/** Tells of what is wrong with the index, where that is why `run` fails. */
	async explained<T>(run: () => Promise<T>): Promise<T> {
		try {
			return await run();
		} catch (error) {
			const explained = explainFault(error, this.#attachment.file);
			if (explained instanceof StoreFault) this.#onFault(explained);
			throw explained;
		}
	}
}
