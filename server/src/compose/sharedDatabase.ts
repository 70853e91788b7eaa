import { Database, databaseThreads } from '../adapters/duckdb/database.ts';
import type { DatabaseTuning } from '../adapters/duckdb/databaseTuning.ts';
import type { DatabaseMemory } from '../ports/profiling.ts';
import type { Logger } from '../ports/system.ts';
import { statementLog } from '../services/profiling/statementLog.ts';
import type { Settings } from '../settings/schema.ts';

export interface SharedDatabaseParts {
	readonly settings: () => Settings;
	readonly logger: Logger;
	readonly say: (message: string) => void;
	/** Called once, when it is opened. */
	readonly onOpen: () => void;
}

/** The database of all indexes that are led here: opened with the first of them, and tuned as the settings change. */
export class SharedDatabase {
	readonly #parts: SharedDatabaseParts;
	readonly #logStatements: ReturnType<typeof statementLog>;
	#heldMb = Number.POSITIVE_INFINITY;
	#opened: Promise<Database> | undefined;

	constructor(parts: SharedDatabaseParts) {
		this.#parts = parts;
		this.#logStatements = statementLog(parts.logger);
		this.#logStatements(parts.settings()['duckdb.profiling']);
	}

	open(): Promise<Database> {
		if (this.#opened === undefined) {
			this.#opened = Database.open(this.#tuning(), this.#parts.logger);
			this.#parts.onOpen();
		}
		return this.#opened;
	}

	/** With every change of settings, from then on. */
	async tune(): Promise<void> {
		const { settings, say } = this.#parts;
		this.#logStatements(settings()['duckdb.profiling']);
		const refusals = await this.#opened?.then((open) => open.tune(this.#tuning())).catch(() => []);
		for (const refusal of refusals ?? []) say(refusal);
	}

	/** Threads that the settings come to. */
	get threads(): number {
		return this.#tuning().threads;
	}

	/** Runs with so many threads, and puts back what the settings say. */
	async withThreads<T>(threads: number, run: () => Promise<T>): Promise<T> {
		const open = await this.open();
		try {
			await open.tune({ ...this.#tuning(), threads });
			return await run();
		} finally {
			await open.tune(this.#tuning());
		}
	}

	/** Holds it to `mb` at most, now or once it is opened; `undefined` is what the settings say. */
	async limit(mb: number | undefined): Promise<void> {
		this.#heldMb = mb ?? Number.POSITIVE_INFINITY;
		await (await this.#opened)?.limitMemory(this.#tuning().memoryLimitMb);
	}

	/** What it holds, by what for; nothing before it is opened. */
	async memory(): Promise<readonly DatabaseMemory[]> {
		return (await (await this.#opened)?.memory()) ?? [];
	}

	async close(): Promise<void> {
		(await this.#opened)?.close();
	}

	#tuning(): DatabaseTuning {
		const asked = this.#parts.settings();
		return {
			threads: databaseThreads(asked['duckdb.threads']),
			memoryLimitMb: Math.min(this.#heldMb, asked['duckdb.memoryLimitMb']),
			checkpointThresholdMb: asked['duckdb.checkpointThresholdMb'],
			...(asked['duckdb.tempDirectory'] === '' ? {} : { tempDirectory: asked['duckdb.tempDirectory'] }),
		};
	}
}
