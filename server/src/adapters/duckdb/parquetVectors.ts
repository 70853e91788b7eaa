import { rename, rm, stat } from 'node:fs/promises';
import { DuckDBBlobValue, type DuckDBConnection } from '@duckdb/node-api';
import type {
	PortableVectors,
	VectorFileOrigin,
	VectorFileRow,
	WrittenVectors,
} from '../../ports/portableVectors.ts';
import { UserError } from '../../ports/system.ts';
import type { Attachment } from './attachment.ts';
import { quoted } from './quoted.ts';
import { readVector } from './rows.ts';
import { removeDeadExports, unfinishedOf } from './unfinishedExport.ts';

/** Raised when the columns change their meaning. */
const format = '1';
/** Few enough that a group of vectors fits into little memory several times. */
const rowsPerGroup = 8192;
/** More than any folder of notes has. */
const mostRows = 5_000_000;

/**
 * Parquet by the reader and writer that DuckDB has built in. Columns: `text_hash` (hex), `embedding` (float32 values,
 * little endian), with texts also `path`, `heading`, `start_line`, `end_line`, `text`; what they are of is in the
 * file's key-value metadata.
 */
export class ParquetVectors implements PortableVectors {
	readonly #attachment: Attachment;

	constructor(attachment: Attachment) {
		this.#attachment = attachment;
	}

	async write(
		file: string,
		{ modelId, dimensions, chunker }: VectorFileOrigin,
		{ withText }: { readonly withText: boolean },
	): Promise<WrittenVectors> {
		await removeDeadExports(file);
		const unfinished = unfinishedOf(file);
		const origin = { jarvis: format, model: modelId, dimensions, chunker };
		const metadata = Object.entries(origin).map(([key, value]) => `${key}: ${quoted(String(value))}`);
		const own = `(SELECT text_hash, embedding FROM vector JOIN model ON model.id = vector.model_id
			WHERE model.name = ${quoted(modelId)} AND octet_length(embedding) = ${dimensions * 4}) AS own`;
		const rows = withText
			? `SELECT own.text_hash, own.embedding, note.path, passage.heading, passage.start_line, passage.end_line, passage.text
				FROM ${own} JOIN passage USING (text_hash) JOIN note ON note.id = passage.note_id`
			: `SELECT own.text_hash, own.embedding FROM ${own} SEMI JOIN passage USING (text_hash)`;
		return this.#attachment.withConnection(async (connection) => {
			try {
				const result = await connection.run(
					`COPY (${rows}) TO ${quoted(unfinished)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false,
						ROW_GROUP_SIZE ${rowsPerGroup}, KV_METADATA {${metadata.join(', ')}})`,
				);
				const { size } = await stat(unfinished);
				await rename(unfinished, file);
				return { vectors: result.rowsChanged, bytes: size };
			} catch (error) {
				await rm(unfinished, { force: true });
				throw new UserError(`${file} can't be written: ${firstLine(error)}`);
			}
		});
	}

	async describe(file: string): Promise<VectorFileOrigin & { readonly vectors: number }> {
		const found = await stat(file).catch((error: unknown) => {
			throw new UserError(`${file} can't be read: ${firstLine(error)}`);
		});
		if (!found.isFile()) throw new UserError(`${file} is not a file.`);
		const foreign = new UserError(`${file} was not made by “jarvis export”.`);
		return this.#attachment.withConnection(async (connection) => {
			const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJS();
			try {
				const pairs = await query(
					`SELECT decode(key), decode(value) FROM parquet_kv_metadata(${quoted(file)}) WHERE octet_length(value) < 1000`,
				);
				const about = new Map(pairs.map(([key, value]) => [String(key), String(value)]));
				if (about.get('jarvis') !== format) throw foreign;
				const columns = await query(
					`SELECT name FROM parquet_schema(${quoted(file)}) WHERE type = 'BYTE_ARRAY' AND num_children IS NULL`,
				);
				const names = columns.map(([name]) => String(name));
				if (!names.includes('text_hash') || !names.includes('embedding')) throw foreign;
				const [counted] = await query(`SELECT num_rows FROM parquet_file_metadata(${quoted(file)})`);
				const vectors = Number(counted?.[0]);
				if (!(vectors >= 0 && vectors <= mostRows)) {
					throw new UserError(`${file} has ${vectors} rows, and at most ${mostRows} can be imported.`);
				}
				const [dimensions, chunker] = [about.get('dimensions'), about.get('chunker')].map(Number);
				return { modelId: about.get('model') ?? '', dimensions: dimensions!, chunker: chunker!, vectors };
			} catch (error) {
				throw error instanceof UserError ? error : unreadable(file, error);
			}
		});
	}

	async read(file: string, onBatch: (rows: readonly VectorFileRow[]) => Promise<void>): Promise<void> {
		await this.#attachment.withConnection(async (connection) => {
			const next = await this.#rows(connection, file);
			for (let rows = await next(); rows !== undefined; rows = await next()) await onBatch(rows);
		});
	}

	/** What follows of the file with every call; errors of the file, and no others, become what the user is told. */
	async #rows(connection: DuckDBConnection, file: string) {
		try {
			// Folders named like `a=b` are no columns of a file of ours.
			const result = await connection.stream(
				`SELECT text_hash::VARCHAR, embedding::BLOB FROM read_parquet(${quoted(file)}, hive_partitioning = false)`,
			);
			return async (): Promise<readonly VectorFileRow[] | undefined> => {
				try {
					const chunk = await result.fetchChunk();
					if (chunk === null || chunk.rowCount === 0) return undefined;
					return chunk.getRows().map(([textHash, embedding]) => {
						const isVector = embedding instanceof DuckDBBlobValue && embedding.bytes.length % 4 === 0;
						return { textHash: String(textHash), vector: isVector ? readVector(embedding) : undefined };
					});
				} catch (error) {
					throw unreadable(file, error);
				}
			};
		} catch (error) {
			throw unreadable(file, error);
		}
	}
}

function unreadable(file: string, error: unknown): UserError {
	return new UserError(`${file} can't be read as Parquet, and nothing was changed: ${firstLine(error)}`);
}

function firstLine(error: unknown): string {
	const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
	return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
