import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Attachment } from '../../server/src/adapters/duckdb/attachment.ts';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { tempFolder } from '../support/tempFolder.ts';

const usual = { threads: 1, memoryLimitMb: 64, checkpointThresholdMb: 64 };

async function open() {
	const directory = tempFolder();
	const database = await Database.open(usual, silentLogger);
	const index = await database.attach(join(directory, 'a', 'index.duckdb'));
	onTestFinished(async () => {
		await index.detach();
		database.close();
	});
	return { database, index, directory };
}

async function settingsOf({ reader }: Attachment) {
	const names = ['threads', 'memory_limit', 'checkpoint_threshold', 'temp_directory'];
	const result = await reader.runAndReadAll(
		`SELECT ${names.map((name) => `current_setting('${name}')`).join()}`,
	);
	return result.getRows()[0]!.map(String);
}

test('settings count from the opening on, and change while an index is open', async () => {
	const { database, index, directory } = await open();
	const beside = join(directory, 'a', 'tmp');
	expect(await settingsOf(index)).toEqual(['1', '61.0 MiB', '61.0 MiB', beside]);
	const elsewhere = join(directory, "it's here");
	const tuning = { threads: 2, memoryLimitMb: 96, checkpointThresholdMb: 8, tempDirectory: elsewhere };
	expect(await database.tune(tuning)).toEqual([]);
	expect(await settingsOf(index)).toEqual(['2', '91.5 MiB', '7.6 MiB', elsewhere]);
	expect(await database.tune(usual)).toEqual([]);
	expect(await settingsOf(index)).toEqual(['1', '61.0 MiB', '61.0 MiB', beside]);
});

test('a temporary directory that is in use stays, which is said, and all else changes', async () => {
	const { database, index, directory } = await open();
	await index.writer.run("SET GLOBAL memory_limit = '32MB'");
	await index.writer.run(
		'CREATE TEMP TABLE much AS SELECT range AS id, repeat(md5(range::VARCHAR), 4) AS text FROM range(600000)',
	);
	const moved = { ...usual, memoryLimitMb: 128, tempDirectory: join(directory, 'b') };
	expect(await database.tune(moved)).toEqual([
		'jarvis.duckdb.tempDirectory counts from the next start on: the one before is in use.',
	]);
	expect((await settingsOf(index)).slice(1)).toEqual(['122.0 MiB', '61.0 MiB', join(directory, 'a', 'tmp')]);
});

test('what cannot be is refused in words', async () => {
	const { database } = await open();
	expect(await database.tune({ ...usual, threads: 0 })).toEqual([
		expect.stringMatching(/^jarvis\.duckdb\.threads could not be changed now: /),
	]);
});

test('what the database holds is told by what for', async () => {
	const { database, index } = await open();
	await index.writer.run("INSERT INTO model SELECT range, 'm' FROM range(100000)");
	const memory = await database.memory();
	expect(memory.length).toBeGreaterThan(0);
	expect(memory.every(({ tag, bytes }) => tag !== '' && Number.isInteger(bytes))).toBe(true);
});
