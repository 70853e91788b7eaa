import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Logger, UserError } from '../../ports/system.ts';
import type { AccessMode, Attachment, OpenFile } from './attachment.ts';
import { databaseMemory } from './databaseMemory.ts';
import { applyTuning, type DatabaseTuning, type Refusals, tuningInForce } from './databaseTuning.ts';
import { dropLeftovers } from './exchangedFiles.ts';
import { explainOpening, isDamage, isDamagedLog, isDetachedAllTheSame } from './faults.ts';
import { LiveAttachment } from './liveAttachment.ts';
import { dropMigrationBackups, keepBeforeMigration } from './migrationBackup.ts';
import {
	checkSchema,
	type Migration,
	migrate,
	migrations,
	rewritesRows,
	schemaVersion,
} from './migrations.ts';
import { observeStatements } from './observeStatements.ts';
import { quoted } from './quoted.ts';
import { moveAside, moveIndexAside } from './setAside.ts';

/**
 * Threads where none are asked for: the one that asks. Handing a lookup of ten texts to a second one takes longer than the
 * lookup, and what could use more runs beside, where nobody waits for it.
 */
const threadsByItself = 1;

export function databaseThreads(asked: number | 'auto'): number {
	return asked === 'auto' ? threadsByItself : asked;
}

/**
 * DuckDB, once per process: index files are attached to it, so that they share one memory limit, and so that one
 * file can't be opened twice (two instances on one file lose data without an error).
 */
export class Database {
	readonly #instance: DuckDBInstance;
	readonly #logger: Logger;
	readonly #migrations: readonly Migration[];
	#tuning: DatabaseTuning;
	/** Beside the first index. */
	#temporary: string | undefined;
	#attached = 0;

	private constructor(
		instance: DuckDBInstance,
		tuning: DatabaseTuning,
		steps: readonly Migration[],
		logger: Logger,
	) {
		this.#instance = instance;
		this.#tuning = tuning;
		this.#migrations = steps;
		this.#logger = logger;
	}

	/** `steps` bring an index up to date; they are those of this version where left out. */
	static async open(tuning: DatabaseTuning, logger: Logger, steps = migrations): Promise<Database> {
		const { threads, memoryLimitMb } = tuning;
		const instance = await DuckDBInstance.create(':memory:', {
			threads: String(threads),
			memory_limit: `${memoryLimitMb}MB`,
			// Nothing may be fetched: what is not linked in is not used.
			autoinstall_known_extensions: 'false',
			autoload_known_extensions: 'false',
			// The default compression of vectors (ALP-RD) reads three times slower and is no smaller.
			force_compression: 'uncompressed',
		});
		const database = new Database(instance, tuning, steps, logger);
		await database.tune(tuning);
		return database;
	}

	/**
	 * Opens the index `file`, made and migrated as needed. A damaged one is set aside beside it, and a new one is
	 * begun: the notes hold all that it held. Throws `UserError` where another process has it. With `read_only`, nothing is
	 * made, migrated or set aside: throws where that would have to be.
	 */
	async attach(file: string, mode: AccessMode = 'automatic'): Promise<Attachment> {
		if (mode === 'read_only') return this.#attachAsItIs(file);
		// Its text is for nobody else on the machine.
		await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
			throw explainOpening(error, file);
		});
		try {
			await dropLeftovers(file);
			return this.#live(file, await this.#attach(file));
		} catch (error) {
			if (isDamagedLog(error, file)) return this.#attachWithout(await moveAside(`${file}.wal`), file, error);
			if (isDamage(error, file)) return this.#attachWithout(await moveIndexAside(file), file, error);
			throw explainOpening(error, file);
		}
	}

	async #attachAsItIs(file: string): Promise<Attachment> {
		if (!existsSync(file)) {
			throw new UserError(
				`There is no index ${file}, and jarvis.duckdb.accessMode (read_only) lets none be made.`,
			);
		}
		const attach = async () => {
			try {
				return await this.#attach(file, 'read_only');
			} catch (error) {
				throw explainOpening(error, file);
			}
		};
		return new LiveAttachment(file, await attach(), attach);
	}

	/** Opens what is left once `setAside` is out of the way. Of a damaged log, the file has all but the latest. */
	async #attachWithout(setAside: string, file: string, damage: unknown): Promise<Attachment> {
		// Whoever opened it tells the user; this is for the report.
		this.#logger.warn(`The index was damaged and is built again; what was damaged is ${setAside}. ${damage}`);
		try {
			return this.#live(file, await this.#attach(file), setAside);
		} catch (error) {
			if (!isDamage(error, file)) throw explainOpening(error, file);
			const whole = await moveIndexAside(file);
			return this.#live(file, await this.#attach(file), whole);
		}
	}

	/** Holds the database to so much memory from now on. Throws where it can't give up what it has. */
	async limitMemory(mb: number): Promise<void> {
		await this.withConnection((connection) => connection.run(`SET GLOBAL memory_limit = '${mb}MB'`));
	}

	/** A connection to no index, for the time of `run`. */
	async withConnection<T>(run: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
		const connection = await this.#instance.connect();
		try {
			return await run(connection);
		} finally {
			connection.closeSync();
		}
	}

	/** Puts these into force at once, as far as DuckDB can; tells of the rest. */
	async tune(tuning: DatabaseTuning): Promise<Refusals> {
		this.#tuning = tuning;
		const connection = await this.#instance.connect();
		try {
			const refusals = await applyTuning(connection, tuning, this.#temporary);
			this.#logger.info(`DuckDB: ${await tuningInForce(connection)}`);
			return refusals;
		} finally {
			connection.closeSync();
		}
	}

	/** See `databaseMemory`. */
	async memory(): ReturnType<typeof databaseMemory> {
		const connection = await this.#instance.connect();
		try {
			return await databaseMemory(connection);
		} finally {
			connection.closeSync();
		}
	}

	close(): void {
		this.#instance.closeSync();
	}

	#live(file: string, open: OpenFile, setAside?: string): Attachment {
		return new LiveAttachment(file, open, () => this.#attach(file), setAside);
	}

	async #attach(file: string, mode: AccessMode = 'automatic'): Promise<OpenFile> {
		const isReadOnly = mode === 'read_only';
		const catalog = `index${++this.#attached}`;
		const connection = await this.#instance.connect();
		try {
			// What does not fit into memory goes beside the first index, and not, as is the default, into whatever folder
			// the process was started in.
			if (this.#attached === 1) {
				this.#temporary = join(dirname(file), 'tmp');
				await applyTuning(connection, this.#tuning, this.#temporary);
			}
			// The size of row groups is an option of attaching and not kept in the file. Small ones let threads share
			// a scan and keep the memory of writing low. The size of blocks is kept, and can't be asked of a file that
			// has another: a search fetches some hundred vectors from all over, and each brings its block along.
			const blocks = existsSync(file) ? '' : ', BLOCK_SIZE 16384';
			const options = isReadOnly ? 'READ_ONLY' : `ROW_GROUP_SIZE 10240${blocks}`;
			const use = async () => {
				await connection.run(`ATTACH ${quoted(file)} AS ${catalog} (${options})`);
				await connection.run(`USE ${catalog}`);
			};
			const leave = async () => {
				await connection.run('USE memory');
				await connection.run(`DETACH ${catalog}`);
			};
			await use();
			try {
				const version = await schemaVersion(connection);
				if (isReadOnly) checkSchema(version, this.#migrations);
				else {
					if (rewritesRows(version, this.#migrations)) {
						await leave();
						await keepBeforeMigration(file, version).finally(use);
					}
					await migrate(connection, this.#migrations);
					if (version === this.#migrations.length) await dropMigrationBackups(file);
				}
				const connect = async () => {
					const another = await this.#instance.connect();
					await another.run(`USE ${catalog}`);
					return another;
				};
				const reader = await connect();
				observeStatements(reader, connect);
				observeStatements(connection, connect);
				const detach = async () => {
					reader.closeSync();
					connection.closeSync();
					// By another connection: after a fault, those that use the index can't do anything any more.
					const other = await this.#instance.connect();
					try {
						await other.run(`DETACH ${catalog}`);
					} catch (error) {
						// It was not written out, for want of space: all that was committed is in its log, and is replayed.
						if (!isDetachedAllTheSame(error)) throw error;
						this.#logger.warn(`The index was closed without being written out. ${error}`);
					} finally {
						other.closeSync();
					}
				};
				return { catalog, isReadOnly, writer: connection, reader, connect, detach };
			} catch (error) {
				await leave();
				throw error;
			}
		} catch (error) {
			connection.closeSync();
			throw error;
		}
	}
}
