import type { DuckDBConnection } from '@duckdb/node-api';
import { quoted } from './quoted.ts';

/** What may change while the database is open. */
export interface DatabaseTuning {
	readonly threads: number;
	readonly memoryLimitMb: number;
	/** How long the log of an index may get before it is taken into the file. */
	readonly checkpointThresholdMb?: number;
	/** Where goes what does not fit into memory; beside the first index where it is left out. */
	readonly tempDirectory?: string;
}

/** What could not be changed, in words, each with why. */
export type Refusals = readonly string[];

/** Puts settings into force at once, as far as DuckDB can; `temporary` is where the first index has its folder for them. */
export async function applyTuning(
	connection: DuckDBConnection,
	tuning: DatabaseTuning,
	temporary: string | undefined,
): Promise<Refusals> {
	const { threads, memoryLimitMb, checkpointThresholdMb, tempDirectory = temporary } = tuning;
	const wanted: readonly (readonly [string, string | undefined])[] = [
		['duckdb.threads', `threads = ${threads}`],
		['duckdb.memoryLimitMb', `memory_limit = '${memoryLimitMb}MB'`],
		[
			'duckdb.checkpointThresholdMb',
			checkpointThresholdMb === undefined ? undefined : `checkpoint_threshold = '${checkpointThresholdMb}MB'`,
		],
	];
	const refusals: string[] = [];
	for (const [name, assignment] of wanted) {
		if (assignment === undefined) continue;
		await connection.run(`SET GLOBAL ${assignment}`).catch((error: Error) => {
			refusals.push(`jarvis.${name} could not be changed now: ${firstLine(error)}`);
		});
	}
	if (tempDirectory !== undefined && tempDirectory !== (await current(connection))) {
		// Once something was put there, DuckDB stays with it.
		await connection.run(`SET GLOBAL temp_directory = ${quoted(tempDirectory)}`).catch(() => {
			refusals.push('jarvis.duckdb.tempDirectory counts from the next start on: the one before is in use.');
		});
	}
	return refusals;
}

/** What is in force now, as DuckDB says it. */
export async function tuningInForce(connection: DuckDBConnection): Promise<string> {
	const names = ['threads', 'memory_limit', 'checkpoint_threshold', 'temp_directory'];
	const columns = names.map((name) => `current_setting('${name}')`).join();
	const [values] = (await connection.runAndReadAll(`SELECT ${columns}`)).getRows();
	return names.map((name, at) => `${name} ${values![at]}`).join(', ');
}

async function current(connection: DuckDBConnection): Promise<string> {
	const result = await connection.runAndReadAll("SELECT current_setting('temp_directory')");
	return String(result.getRows()[0]![0]);
}

function firstLine({ message }: Error): string {
	return message.split('\n')[0]!;
}
