import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BackupFiles } from '../../server/src/adapters/duckdb/backupFiles.ts';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import { currentSchema } from '../../server/src/adapters/duckdb/migrations.ts';
import { UserError } from '../../server/src/ports/system.ts';
import { fillStore, readAll } from '../support/filledStore.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { smallDisk } from '../support/smallDisk.ts';
import { tempFolder } from '../support/tempFolder.ts';

const never = new AbortController().signal;
const origin = { folder: 'notes', model: 'm', chunker: 4, tuning: { text: 1 } };

test('a backup says what it holds, and an index made of it holds the same', async () => {
	const { store } = await openStore();
	await fillStore(store, { notes: 20, round: 0 });
	const file = join(tempFolder(), 'notes.jarvis');
	const manifest = await store.file.backUp(file, origin, never);
	expect(manifest).toMatchObject({
		...origin,
		format: 1,
		schema: currentSchema,
		notes: 20,
		passages: 60,
		vectors: 60,
	});
	expect(statSync(file).mode & 0o777).toBe(0o600);
	const restored = await restore(file);
	expect(restored.manifest).toEqual(manifest);
	expect(await readAll(restored.store)).toEqual(await readAll(store));
	expect(readdirSync(join(restored.file, '..'))).toEqual(['index.duckdb']);
});

test('a backup is of one moment, whatever is written meanwhile', async () => {
	const { store } = await openStore();
	await fillStore(store, { notes: 400, round: 0 });
	const file = join(tempFolder(), 'notes.jarvis');
	const [manifest] = await Promise.all([
		store.file.backUp(file, origin, never),
		(async () => {
			for (let at = 0; at < 20; at++) await fillStore(store, { notes: 1, round: 1, firstNote: 500 + at });
		})(),
	]);
	const restored = await restore(file);
	expect(await restored.store.notes()).toHaveLength(manifest.notes);
	// Each note is written with its passages in one transaction.
	expect(manifest.passages).toBe(3 * manifest.notes);
	expect(await store.notes()).toHaveLength(420);
});

test('two indexes of one database are backed up at once', async () => {
	const { store, database } = await openStore();
	const other = new DuckdbStore(await database.attach(join(tempFolder(), 'index.duckdb')));
	await fillStore(store, { notes: 30, round: 0 });
	await fillStore(other, { notes: 40, round: 0 });
	const place = tempFolder();
	const made = await Promise.all([
		store.file.backUp(join(place, 'a'), origin, never),
		other.file.backUp(join(place, 'b'), origin, never),
	]);
	expect(made.map(({ notes }) => notes)).toEqual([30, 40]);
	await other.close();
});

test('a disk too full for a backup leaves the earlier one, and the index', async ({ skip }) => {
	const place = smallDisk('3m');
	if (place === undefined) return skip('no right to make a small disk');
	const { store, faults } = await openStore();
	await fillStore(store, { notes: 10, round: 0 });
	const file = join(place, 'notes.jarvis');
	await store.file.backUp(file, origin, never);
	const before = readFileSync(file);
	await fillStore(store, { notes: 1500, round: 1 });
	await expect(store.file.backUp(file, origin, never)).rejects.toThrow(UserError);
	expect(readFileSync(file).equals(before)).toBe(true);
	expect(readdirSync(place)).toEqual(['notes.jarvis']);
	expect(faults).toEqual([]);
	expect(await store.notes()).toHaveLength(1500);
});

test.each(['nowhere/notes.jarvis', 'taken'])(
	'a backup into %s says that it can not be written',
	async (name) => {
		const { store, faults } = await openStore();
		await fillStore(store, { notes: 3, round: 0 });
		const place = tempFolder({ 'taken/x': '' });
		await expect(store.file.backUp(join(place, name), origin, never)).rejects.toThrow(/can't be written/);
		expect(readdirSync(place)).toEqual(['taken']);
		expect(faults).toEqual([]);
	},
);

describe('refused, with the index as it was:', () => {
	test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
		['a file of another kind', () => Buffer.from('# Notes\n'), /not a backup made by Jarvis/],
		['an empty file', () => Buffer.alloc(0), /not a backup made by Jarvis/],
		['half a backup', (bytes) => bytes.subarray(0, bytes.length / 2), /ends too early/],
		['a byte changed in the middle', (bytes) => flipped(bytes, bytes.length >> 1), /is damaged/],
		['a manifest that is none', (bytes) => flipped(bytes, bytes.length - 40), /is damaged/],
		['a newer format', (bytes) => withManifest(bytes, { format: 2 }), /newer version .*format 2/],
		['newer tables', (bytes) => withManifest(bytes, { schema: 99 }), /newer version .*schema 99/],
		['other counts than it says', (bytes) => withManifest(bytes, { notes: 21 }), /is damaged/],
		['something before the index', (bytes) => Buffer.concat([Buffer.alloc(16), bytes]), /is damaged/],
	])('%s', async (_what, change, says) => {
		const { store } = await openStore();
		await fillStore(store, { notes: 20, round: 0 });
		const file = join(tempFolder(), 'notes.jarvis');
		await store.file.backUp(file, origin, never);
		writeFileSync(file, change(readFileSync(file)));
		const place = tempFolder({ 'index.duckdb': 'the index' });
		const database = await openDatabase();
		const backups = new BackupFiles(join(place, 'index.duckdb'), async () => database);
		const refused = await backups.unpack(file, never).catch((error: unknown) => error);
		expect(refused).toBeInstanceOf(UserError);
		expect(String(refused)).toMatch(says);
		expect(readdirSync(place)).toEqual(['index.duckdb']);
		expect(readFileSync(join(place, 'index.duckdb'), 'utf8')).toBe('the index');
	});

	test('a file that is not there', async () => {
		const database = await openDatabase();
		const backups = new BackupFiles(join(tempFolder(), 'index.duckdb'), async () => database);
		await expect(backups.unpack('/nowhere/at/all', never)).rejects.toThrow(/can't be read/);
	});
});

test('the old index is put back where the new one does not stand', async () => {
	const { store } = await openStore();
	await fillStore(store, { notes: 3, round: 0 });
	const file = join(tempFolder(), 'notes.jarvis');
	await store.file.backUp(file, origin, never);
	const place = tempFolder({ 'index.duckdb': 'the old one' });
	const database = await openDatabase();
	const backups = new BackupFiles(join(place, 'index.duckdb'), async () => database);
	await backups.unpack(file, never);
	await backups.putInPlace();
	expect(readFileSync(join(place, 'index.duckdb.replaced'), 'utf8')).toBe('the old one');
	await backups.undo();
	await backups.settle();
	expect(readdirSync(place)).toEqual(['index.duckdb']);
	expect(readFileSync(join(place, 'index.duckdb'), 'utf8')).toBe('the old one');
});

async function restore(backup: string) {
	const file = join(tempFolder(), 'index.duckdb');
	const database = await openDatabase();
	const backups = new BackupFiles(file, async () => database);
	const manifest = await backups.unpack(backup, never);
	await backups.putInPlace();
	await backups.settle();
	return { manifest, file, store: new DuckdbStore(await database.attach(file)) };
}

async function openStore(file = join(tempFolder(), 'index.duckdb')) {
	const database = await openDatabase();
	const faults: unknown[] = [];
	const store = new DuckdbStore(await database.attach(file), (fault) => faults.push(fault));
	return { database, store, faults };
}

async function openDatabase(): Promise<Database> {
	const database = await Database.open({ threads: 1, memoryLimitMb: 64 }, silentLogger);
	onTestFinished(() => database.close());
	return database;
}

function flipped(bytes: Buffer, at: number): Buffer {
	const changed = Buffer.from(bytes);
	changed[at] = changed[at]! ^ 0xff;
	return changed;
}

function withManifest(bytes: Buffer, change: object): Buffer {
	const end = bytes.length - 26;
	const length = bytes.readUInt32LE(end + 8);
	const manifest = JSON.parse(bytes.subarray(end - length, end).toString());
	const json = Buffer.from(JSON.stringify({ ...manifest, ...change }));
	const size = Buffer.alloc(4);
	size.writeUInt32LE(json.length);
	const digest = createHash('sha256').update(json).digest().subarray(0, 8);
	return Buffer.concat([bytes.subarray(0, end - length), json, digest, size, bytes.subarray(end + 12)]);
}
