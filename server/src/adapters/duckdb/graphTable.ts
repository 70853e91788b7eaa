import type { DuckDBBlobValue, DuckDBConnection } from '@duckdb/node-api';
import { appendRows } from './appendRows.ts';
import type { Attachment } from './attachment.ts';
import type { Statements } from './statements.ts';

/** Larger blobs are slower to write, and a batch of rows has to fit into memory. */
const partBytes = 65_536;

/** The graph of links as bytes, cut into rows. Being there is being valid: it goes with any change of notes. */
export class GraphTable {
	readonly #attachment: Attachment;
	readonly #statements: Statements;

	constructor(attachment: Attachment, statements: Statements) {
		this.#attachment = attachment;
		this.#statements = statements;
	}

	async image(): Promise<Uint8Array | undefined> {
		// In no order: sorting makes DuckDB copy all of it.
		const parts: Uint8Array[] = [];
		await this.#statements.stream('SELECT id, bytes FROM graph_part', (rows) => {
			// Copies: the bytes are a view of a chunk that is freed.
			for (const [id, bytes] of rows) parts[Number(id)] = new Uint8Array((bytes as DuckDBBlobValue).bytes);
		});
		if (parts.length === 0) return undefined;
		const image = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
		let at = 0;
		for (const part of parts) {
			image.set(part, at);
			at += part.length;
		}
		return image;
	}

	put(image: Uint8Array): Promise<void> {
		const parts = Array.from({ length: Math.ceil(image.length / partBytes) }, (_, id) => id);
		return this.#statements.transact(async (writer) => {
			await this.drop(writer);
			await appendRows(this.#attachment, 'graph_part', parts, (rows, id) => {
				rows.appendInteger(id);
				rows.appendBlob(image.subarray(id * partBytes, (id + 1) * partBytes));
				rows.endRow();
			});
		});
	}

	/** Within the transaction that `writer` is in. */
	async drop(writer: DuckDBConnection): Promise<void> {
		await writer.run('DELETE FROM graph_part');
	}
}
