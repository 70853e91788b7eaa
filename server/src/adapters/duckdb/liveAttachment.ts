import type { DuckDBConnection } from '@duckdb/node-api';
import { StoreFault } from '../../ports/store.ts';
import { UserError } from '../../ports/system.ts';
import type { Attachment, OpenFile } from './attachment.ts';

/** An attachment whose file can be exchanged while it is in use. */
export class LiveAttachment implements Attachment {
	readonly file: string;
	readonly setAside?: string;
	readonly #attach: () => Promise<OpenFile>;
	#open: OpenFile;
	#others = 0;
	#exchange: Promise<void> | undefined;

	/** `attach` opens the file once more after it was closed. */
	constructor(file: string, open: OpenFile, attach: () => Promise<OpenFile>, setAside?: string) {
		this.file = file;
		this.#open = open;
		this.#attach = attach;
		if (setAside !== undefined) this.setAside = setAside;
	}

	get catalog(): string {
		return this.#open.catalog;
	}

	get isReadOnly(): boolean {
		return this.#open.isReadOnly;
	}

	get writer(): DuckDBConnection {
		return this.#open.writer;
	}

	get reader(): DuckDBConnection {
		return this.#open.reader;
	}

	async withConnection<T>(run: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
		while (this.#exchange !== undefined) await this.#exchange.catch(() => {});
		this.#others++;
		try {
			const connection = await this.#open.connect();
			try {
				return await run(connection);
			} finally {
				connection.closeSync();
			}
		} finally {
			this.#others--;
		}
	}

	async exchange(replace: () => Promise<void>): Promise<void> {
		// Who reads a file into the index waits for its writes, and those for this: waiting here would have no end.
		if (this.#others > 0)
			throw new UserError('The index is being exported, imported or backed up. Try again later.');
		const exchange = this.#closeAndOpen(replace);
		this.#exchange = exchange;
		try {
			await exchange;
		} finally {
			this.#exchange = undefined;
		}
	}

	detach(): Promise<void> {
		return this.#open.detach();
	}

	async #closeAndOpen(replace: () => Promise<void>): Promise<void> {
		await this.#open.detach();
		try {
			await replace();
		} finally {
			try {
				this.#open = await this.#attach();
			} catch (error) {
				// biome-ignore lint/correctness/noUnsafeFinally: whatever else failed, this is what has to be dealt with
				throw new StoreFault('lost', error);
			}
		}
	}
}
