import { existsSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BackupManifest, StoreBackups } from '../../ports/storeFile.ts';
import { UserError } from '../../ports/system.ts';
import { damaged, digestOf, readManifest } from './backup.ts';
import { isKnownSchema, readFile, removeIndexFile } from './copyIndex.ts';
import type { Database } from './database.ts';
import { exchangedFiles, flushDirectory, refuseLog } from './exchangedFiles.ts';
import { currentSchema } from './migrations.ts';

/** Backups in the place of the index `file`: see `StoreBackups`. */
export class BackupFiles implements StoreBackups {
	readonly #file: string;
	readonly #database: () => Promise<Database>;

	constructor(file: string, database: () => Promise<Database>) {
		this.#file = file;
		this.#database = database;
	}

	async unpack(backup: string, signal: AbortSignal): Promise<BackupManifest> {
		const manifest = await readManifest(backup);
		const { schema } = manifest;
		if (schema > currentSchema) {
			throw new UserError(
				`${backup} was made by a newer version of Jarvis (schema ${schema}, this one knows ${currentSchema}). Update Jarvis first.`,
			);
		}
		const { restored } = exchangedFiles(this.#file);
		await removeIndexFile(restored);
		try {
			const copied = await this.#copy(backup, restored, manifest.bytes, signal);
			if (copied !== manifest.sha256) throw damaged(backup);
			await this.#compare(backup, restored, manifest);
			return manifest;
		} catch (error) {
			await removeIndexFile(restored);
			throw error;
		}
	}

	async putInPlace(): Promise<void> {
		const { restored, replaced } = exchangedFiles(this.#file);
		await refuseLog(this.#file);
		if (existsSync(this.#file)) await rename(this.#file, replaced);
		await rename(restored, this.#file);
		await flushDirectory(dirname(this.#file));
	}

	async undo(): Promise<void> {
		const { replaced } = exchangedFiles(this.#file);
		if (!existsSync(replaced)) return;
		await removeIndexFile(this.#file);
		await rename(replaced, this.#file);
	}

	async settle(): Promise<void> {
		const { restored, replaced } = exchangedFiles(this.#file);
		for (const leftover of [restored, replaced]) await removeIndexFile(leftover);
	}

	/** Returns the digest of what was copied. */
	async #copy(backup: string, to: string, bytes: number, signal: AbortSignal): Promise<string> {
		try {
			await mkdir(dirname(to), { recursive: true, mode: 0o700 });
			const handle = await open(to, 'w', 0o600);
			try {
				const { sha256 } = await digestOf(backup, signal, bytes, (chunk) => handle.writeFile(chunk));
				await handle.sync();
				return sha256;
			} finally {
				await handle.close();
			}
		} catch (error) {
			signal.throwIfAborted();
			throw new UserError(
				`${backup} can't be restored: ${(error as Error).message}. The index is as it was.`,
			);
		}
	}

	/** The digest may be right and the index all the same not one: anyone can write a manifest. */
	async #compare(backup: string, restored: string, manifest: BackupManifest): Promise<void> {
		const database = await this.#database();
		try {
			const { counts } = await database.withConnection((connection) => readFile(connection, restored));
			const { schema, notes, passages, vectors } = counts;
			const isSame =
				isKnownSchema(schema) &&
				schema === manifest.schema &&
				notes === manifest.notes &&
				passages === manifest.passages &&
				vectors === manifest.vectors;
			if (!isSame) throw damaged(backup);
		} catch (error) {
			throw error instanceof UserError ? error : damaged(backup);
		}
	}
}
