import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import { exchangedFiles } from '../../server/src/adapters/duckdb/exchangedFiles.ts';
import { ParquetVectors } from '../../server/src/adapters/duckdb/parquetVectors.ts';
import { UserError } from '../../server/src/ports/system.ts';
import { fillStore, readAll } from '../support/filledStore.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { smallDisk } from '../support/smallDisk.ts';
import { tempFolder } from '../support/tempFolder.ts';

const never = new AbortController().signal;

test('an index written over and over becomes as small as one written once, and holds the same', async () => {
	const { store, file } = await openStore();
	for (let round = 0; round < 4; round++) await fillStore(store, { notes: 300, round });
	await store.pruneVectors(0);
	await store.file.checkpoint();
	const before = await readAll(store);
	const bytes = statSync(file).size;
	expect((await store.file.usage()).wasted).toBeGreaterThan(0.5);
	await store.file.compact(never);
	expect(await readAll(store)).toEqual(before);
	expect((await store.file.usage()).wasted).toBeLessThan(0.1);
	expect(statSync(file).size).toBeLessThan(bytes / 2);
	expect(readdirSync(join(file, '..'))).toEqual(['index.duckdb']);
});

test('an index goes on being read and written while it is compacted, and after', async () => {
	const { store, database, file } = await openStore();
	await fillStore(store, { notes: 300, round: 0 });
	const compacting = store.file.compact(never);
	const reads = (async () => {
		for (let at = 0; at < 20; at++) expect(await store.passages([1, 2])).toHaveLength(2);
	})();
	const written = fillStore(store, { notes: 5, round: 1, firstNote: 1000 });
	await Promise.all([compacting, reads, written]);
	await store.file.analyze();
	expect(await store.notes()).toHaveLength(305);
	await store.close();
	const again = new DuckdbStore(await database.attach(file));
	expect(await again.notes()).toHaveLength(305);
	expect(await again.passages([1, 2])).toHaveLength(2);
	await again.close();
});

test('an index that is being exported is not compacted, and says so', async () => {
	const { store, attachment } = await openStore();
	await fillStore(store, { notes: 10, round: 0 });
	const vectors = new ParquetVectors(attachment);
	const exported = join(tempFolder(), 'v.parquet');
	await vectors.write(exported, { modelId: 'm', dimensions: 4, chunker: 1 }, { withText: false });
	let tried: unknown;
	await vectors.read(exported, async () => {
		tried = await store.file.compact(never).catch((error: unknown) => error);
	});
	expect(tried).toBeInstanceOf(UserError);
	expect(String(tried)).toMatch(/Try again later/);
	expect(await store.notes()).toHaveLength(10);
});

test('compacting that is called off leaves the index as it was', async () => {
	const { store, file } = await openStore();
	await fillStore(store, { notes: 50, round: 0 });
	const before = await readAll(store);
	await expect(store.file.compact(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
	expect(await readAll(store)).toEqual(before);
	expect(existsSync(exchangedFiles(file).compacted)).toBe(false);
});

test('a disk too full for a second index leaves the first, open and whole', async ({ skip }) => {
	const place = smallDisk('6m');
	if (place === undefined) return skip('no right to make a small disk');
	const { store, faults } = await openStore(join(place, 'index.duckdb'));
	await fillStore(store, { notes: 1200, round: 0 });
	await store.file.checkpoint();
	const before = await readAll(store);
	await expect(store.file.compact(never)).rejects.toThrow(/no space left.*as it was/);
	expect(faults).toEqual([]);
	expect(await readAll(store)).toEqual(before);
	expect(readdirSync(place).filter((name) => name.includes('.compacted'))).toEqual([]);
	await fillStore(store, { notes: 1, round: 1 });
});

test('what a killed process left of a new file is gone after the next opening', async () => {
	const { store, database, file } = await openStore();
	await fillStore(store, { notes: 3, round: 0 });
	await store.close();
	const { compacted, restored } = exchangedFiles(file);
	for (const leftover of [compacted, `${compacted}.wal`, restored]) writeFileSync(leftover, 'half');
	const again = new DuckdbStore(await database.attach(file));
	expect(await again.notes()).toHaveLength(3);
	await again.close();
	expect(readdirSync(join(file, '..'))).toEqual(['index.duckdb']);
});

test('an index whose replacement never came is put back by the next opening', async () => {
	const { store, database, file } = await openStore();
	await fillStore(store, { notes: 3, round: 0 });
	await store.close();
	const bytes = readFileSync(file);
	const { replaced } = exchangedFiles(file);
	execFileSync('mv', [file, replaced]);
	const again = new DuckdbStore(await database.attach(file));
	expect(await again.notes()).toHaveLength(3);
	await again.close();
	expect(readFileSync(file).equals(bytes)).toBe(true);
});

async function openStore(file = join(tempFolder(), 'index.duckdb')) {
	const database = await Database.open({ threads: 1, memoryLimitMb: 64 }, silentLogger);
	onTestFinished(() => database.close());
	const attachment = await database.attach(file);
	const faults: unknown[] = [];
	const store = new DuckdbStore(attachment, (fault) => faults.push(fault));
	return { database, attachment, store, faults, file };
}
