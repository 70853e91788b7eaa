import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import { migrations } from '../../server/src/adapters/duckdb/migrations.ts';
import { UserError } from '../../server/src/ports/system.ts';
import { fillStore, readAll } from '../support/filledStore.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { tempFolder } from '../support/tempFolder.ts';

test.each(['closed', 'left by a kill, with its log'])(
	'an index that was %s is read as it is, and not a byte of it is written',
	async (how) => {
		const { file, all } = await indexFile(how === 'closed');
		const before = hashesOf(file);
		const store = await openAsItIs(file);
		expect(await readAll(store)).toEqual(all);
		expect((await store.passageVectorsOf('m')).length).toBeGreaterThan(0);
		expect(await store.embeddedPassages('another')).toHaveLength(0);
		await expect(store.putVectors('m', new Map([['h', new Float32Array(384)]]))).rejects.toThrow('read_only');
		await expect(store.write({ put: [], touch: [], remove: [1] })).rejects.toThrow(UserError);
		await store.close();
		expect(hashesOf(file)).toEqual(before);
	},
);

test('where there is none, none is made', async () => {
	const file = join(tempFolder(), 'made', 'index.duckdb');
	await expect(openAsItIs(file)).rejects.toThrow('lets none be made');
	expect(existsSync(dirname(file))).toBe(false);
});

test('an older one is not migrated, and a damaged one not set aside', async () => {
	const older = join(tempFolder(), 'index.duckdb');
	const first = await Database.open(tuning, silentLogger, migrations.slice(0, 1));
	await new DuckdbStore(await first.attach(older)).close();
	first.close();
	await expect(openAsItIs(older)).rejects.toThrow('older version');
	const damaged = join(tempFolder(), 'index.duckdb');
	writeFileSync(damaged, 'no index');
	await expect(openAsItIs(damaged)).rejects.toThrow('not a valid DuckDB database');
	expect(readdirSync(dirname(damaged))).toEqual(['index.duckdb']);
});

const tuning = { threads: 1, memoryLimitMb: 64 };

async function open(): Promise<Database> {
	const database = await Database.open(tuning, silentLogger);
	onTestFinished(() => database.close());
	return database;
}

/** The store as the tests ask it. */
async function openAsItIs(file: string) {
	const store = new DuckdbStore(await (await open()).attach(file, 'read_only'));
	return Object.assign(store, {
		passageVectorsOf: async (model: string) => {
			const found: number[] = [];
			await store.passageVectors(model, (ids) => found.push(...ids));
			return found;
		},
	});
}

async function indexFile(isClosed: boolean): Promise<{ readonly file: string; readonly all: unknown }> {
	const file = join(tempFolder(), 'index.duckdb');
	const store = new DuckdbStore(await (await open()).attach(file));
	await fillStore(store, { notes: 30, round: 0 });
	const all = await readAll(store);
	if (isClosed) {
		await store.close();
		return { file, all };
	}
	const copy = join(tempFolder(), 'index.duckdb');
	for (const end of ['', '.wal']) copyFileSync(`${file}${end}`, `${copy}${end}`);
	return { file: copy, all };
}

function hashesOf(file: string): readonly (readonly [string, string])[] {
	const folder = dirname(file);
	return readdirSync(folder)
		.filter((name) => name.startsWith('index.'))
		.map((name) => [
			name,
			createHash('sha256')
				.update(readFileSync(join(folder, name)))
				.digest('hex'),
		]);
}
