import { stat } from 'node:fs/promises';
import type { BackupManifest, BackupOrigin, FileUsage, StoreFile } from '../../ports/storeFile.ts';
import type { Attachment } from './attachment.ts';
import { writeBackup } from './backup.ts';
import { copyIndex, removeIndexFile } from './copyIndex.ts';
import { exchangedFiles, moveIntoPlace } from './exchangedFiles.ts';
import type { Statements } from './statements.ts';

/** Tables that hold nearly all there is. */
const bigTables = ['passage', 'vector'] as const;

/** The file of a `DuckdbStore`. DuckDB gives nothing back by itself: rows of a table with a key are never dropped. */
export class DuckdbFile implements StoreFile {
	readonly #attachment: Attachment;
	readonly #statements: Statements;

	constructor(attachment: Attachment, statements: Statements) {
		this.#attachment = attachment;
		this.#statements = statements;
	}

	async usage(): Promise<FileUsage> {
		const { file, catalog } = this.#attachment;
		const sizes = await Promise.all(
			[file, `${file}.wal`].map((path) => stat(path).catch(() => ({ size: 0 }))),
		);
		const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
		const counts = await this.#statements.read(async (reader) => {
			const alive = bigTables.map((table) => `(SELECT count(*) FROM ${table})`).join(' + ');
			const names = bigTables.map((table) => `'${table}'`).join();
			const rows = await reader.runAndReadAll(
				`SELECT ${alive}, (SELECT sum(estimated_size) FROM duckdb_tables()
					WHERE database_name = '${catalog}' AND table_name IN (${names})), free_blocks, total_blocks
				FROM pragma_database_size() WHERE database_name = '${catalog}'`,
			);
			return rows.getRows()[0]!.map(Number);
		});
		const [alive, rows, free, blocks] = counts as [number, number, number, number];
		const used = blocks === 0 ? 1 : 1 - free / blocks;
		return { bytes, wasted: 1 - used * (rows === 0 ? 1 : Math.min(1, alive / rows)) };
	}

	async analyze(): Promise<void> {
		await this.#statements.withoutWrites(() => this.#attachment.writer.run('ANALYZE'));
	}

	async compact(signal: AbortSignal): Promise<void> {
		const { file } = this.#attachment;
		const { compacted } = exchangedFiles(file);
		await this.#statements.withoutWrites(async () => {
			try {
				await copyIndex(this.#attachment, compacted, signal);
				signal.throwIfAborted();
				await this.#statements.withoutReads(() =>
					this.#attachment.exchange(() => moveIntoPlace(compacted, file)),
				);
			} finally {
				await removeIndexFile(compacted);
			}
		});
	}

	async checkpoint(): Promise<void> {
		await this.#statements.withoutWrites(() => this.#attachment.writer.run('CHECKPOINT'));
	}

	backUp(file: string, origin: BackupOrigin, signal: AbortSignal): Promise<BackupManifest> {
		return this.#statements.withoutWrites(() => writeBackup(this.#attachment, file, origin, signal));
	}
}
