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
		const [[count] = []] = await this.#statements.read(async (reader) =>
			(await reader.runAndReadAll('SELECT count(*) FROM graph_part')).getRows(),
		);
		if (Number(count) === 0) return undefined;
		const image = new Uint8Array(Number(count) * partBytes);
		let size = 0;
		// In no order: sorting makes DuckDB copy all of it.
		await this.#statements.stream('SELECT id, bytes FROM graph_part', (rows) => {
			for (const [id, value] of rows) {
				const { bytes } = value as DuckDBBlobValue;
				const at = Number(id) * partBytes;
				// What is not as it was written is found to be damaged by whoever reads it.
				if (at + bytes.length <= image.length) image.set(bytes, at);
				size += bytes.length;
			}
		});
		return image.subarray(0, size);
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
