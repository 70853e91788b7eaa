import type { DuckDBConnection } from '@duckdb/node-api';

/** Whether an index is written as its notes change, or searched as it is. */
export type AccessMode = 'automatic' | 'read_only';

/** An index file that DuckDB has open: a connection that writes, one that reads beside it. */
export interface OpenFile {
	readonly catalog: string;
	readonly isReadOnly: boolean;
	readonly writer: DuckDBConnection;
	readonly reader: DuckDBConnection;
	/** Another connection, which must be closed before this is. */
	readonly connect: () => Promise<DuckDBConnection>;
	/** Checkpoints and closes. */
	readonly detach: () => Promise<void>;
}

/** One index file, open. Whoever keeps none of its parts is not in the way of an exchange. */
export interface Attachment extends Omit<OpenFile, 'connect'> {
	readonly file: string;
	/** Where the damaged file went that stood in this one's place. */
	readonly setAside?: string;
	/** Runs on another connection; the file is not exchanged meanwhile. */
	readonly withConnection: <T>(run: (connection: DuckDBConnection) => Promise<T>) => Promise<T>;
	/**
	 * Closes the file, lets `replace` put another in its place, and opens what is there then, even where that failed.
	 * `writer` and `reader` must not be in use. Throws a `StoreFault` where nothing can be opened.
	 */
	readonly exchange: (replace: () => Promise<void>) => Promise<void>;
}
