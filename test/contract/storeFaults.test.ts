import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import { explainFault, explainOpening, isDamage } from '../../server/src/adapters/duckdb/faults.ts';
import { StoreFault } from '../../server/src/ports/store.ts';
import { UserError } from '../../server/src/ports/system.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { growDisk, smallDisk } from '../support/smallDisk.ts';
import { tempFolder } from '../support/tempFolder.ts';

const { signal } = new AbortController();
const nothing = { put: [], touch: [], remove: [] };

test('a sound index is looked through without a complaint', async () => {
	const { store, faults } = await openStore(await makeIndex());
	await store.check(signal);
	expect(faults).toEqual([]);
	await store.close();
});

test('a block that went bad where nobody looks is found by looking through all', async () => {
	const file = await makeIndex();
	const bytes = readFileSync(file);
	// Text of a passage: opening an index reads none.
	const at = bytes.indexOf('unmistakable 700 ');
	expect(at).toBeGreaterThan(0);
	writeFileSync(file, bytes.fill('x', at, at + 5));
	const { store, faults } = await openStore(file);
	await store.notes();
	await store.passageTerms(() => {});
	expect(faults).toEqual([]);
	await expect(store.check(signal)).rejects.toThrow(StoreFault);
	expect(faults.map(({ kind }) => kind)).toEqual(['damaged']);
	await store.close();
});

test('looking through ends when it is told to', async () => {
	const { store } = await openStore(await makeIndex());
	const abort = new AbortController();
	const checked = store.check(abort.signal);
	abort.abort();
	await expect(checked).rejects.toThrow(/abort/);
	await store.close();
});

test('of a log that is damaged, what was written into the file stays', async () => {
	const file = await makeIndex();
	const copy = join(tempFolder(), 'index.duckdb');
	const { store } = await openStore(file);
	await store.putVectors('m', manyVectors('late-', 100));
	copyFileSync(file, copy);
	const log = readFileSync(`${file}.wal`);
	// Within the entry of the vectors, not at the torn end, which DuckDB passes over by itself.
	const middle = log.length >> 1;
	writeFileSync(`${copy}.wal`, log.fill(3, middle, middle + 20));
	await store.close();
	const opened = await openStore(copy);
	expect(opened.attachment.setAside).toMatch(/\.wal\.damaged-\d+$/);
	expect(existsSync(opened.attachment.setAside!)).toBe(true);
	expect(await opened.store.notes()).toHaveLength(100);
	await opened.store.close();
});

test('a directory that vanished is recognised, and the index can be begun there anew', async () => {
	const file = await makeIndex();
	const { store, faults, database } = await openStore(file);
	rmSync(dirname(file), { recursive: true });
	await expect(
		(async () => {
			for (let round = 0; round < 100; round++) await store.putVectors('m', manyVectors(`v${round}-`, 400));
		})(),
	).rejects.toThrow(StoreFault);
	expect(faults[0]?.kind).toBe('lost');
	await store.close().catch(() => {});
	const again = new DuckdbStore(await database.attach(file));
	expect(await again.notes()).toEqual([]);
	await again.close();
});

test('what DuckDB says of a full disk, a revoked right, a lost drive is understood', () => {
	const explain = (text: string) => explainFault(new Error(text), '/x/index.duckdb');
	const full = 'Could not write file "/x/index.duckdb.wal": No space left on device';
	expect(explain(`TransactionContext Error: Failed to commit: ${full}`)).toBeInstanceOf(UserError);
	const invalid = explain(
		`IO Error: Database "index1" has been invalidated because checkpointing failed. Original error: ${full}`,
	);
	expect(invalid).toMatchObject({ kind: 'lost', message: expect.stringContaining('no space left') });
	expect(explain('IO Error: Cannot open file "/x/a": Permission denied')).toBeInstanceOf(UserError);
	expect(explain('IO Error: Could not read from file "/x/a": Input/output error')).toMatchObject({
		kind: 'lost',
	});
	const other = new Error('Binder Error: no such column');
	expect(explainFault(other, '/x')).toBe(other);
});

test('what a folder is called is no fault of its index', () => {
	const file = '/notes/corrupt and read-only/index.duckdb';
	const explain = (text: string) => explainFault(new Error(`IO Error: ${text} "${file}"`), file);
	expect(explain('No space left on device: could not write')).toBeInstanceOf(UserError);
	expect(String(explain('Something else is wrong with'))).toContain('Something else');
	expect(explain('Corrupt block in')).toBeInstanceOf(StoreFault);
});

test('an index that another process has is not damaged, whatever its folder is called', () => {
	const file = '/notes/corrupted/index.duckdb';
	const inUse = new Error(`IO Error: Could not set lock on file "${file}": Conflicting lock is held in node`);
	expect(isDamage(inUse, file)).toBe(false);
	expect(isDamage(new Error(`IO Error: Corrupt database file "${file}"`), file)).toBe(true);
	expect(explainOpening(inUse, file)).toBeInstanceOf(UserError);
});

test('a full disk loses nothing committed, and goes on when there is room', async ({ skip }) => {
	const place = smallDisk('3m');
	if (place === undefined) return skip('no right to make a small disk');
	const file = join(place, 'index.duckdb');
	const { store, database } = await openStore(file);
	let committed = 0;
	const fill = async () => {
		for (; committed < 50; committed++) await store.putVectors('m', manyVectors(`v${committed}-`, 100));
	};
	await expect(fill()).rejects.toThrow(/no space left for the index .* Free some/i);
	expect(committed).toBeGreaterThan(5);
	const names = Array.from({ length: committed }, (_, at) => `v${at}-7`);
	expect((await store.vectors('m', names)).size).toBe(committed);
	// Closing it is no failure either.
	await store.close();
	growDisk(place, '60m');
	const again = new DuckdbStore(await database.attach(file));
	expect((await again.vectors('m', names)).size).toBe(committed);
	for (; committed < 50; committed++) await again.putVectors('m', manyVectors(`v${committed}-`, 100));
	expect((await again.vectors('m', ['v49-99'])).size).toBe(1);
	await again.close();
});

test('an index whose file could not be written out is opened anew by the same process', async ({ skip }) => {
	const place = smallDisk('3m');
	if (place === undefined) return skip('no right to make a small disk');
	const { store, faults, attachment, database } = await openStore(join(place, 'index.duckdb'));
	// Writing out at every commit needs the space twice.
	await attachment.writer.run("SET GLOBAL checkpoint_threshold = '300KB'");
	let committed = 0;
	const fill = async () => {
		for (; committed < 50; committed++) await store.putVectors('m', manyVectors(`v${committed}-`, 100));
	};
	await expect(fill()).rejects.toThrow(/no space left/i);
	expect(faults[0]?.kind).toBe('lost');
	await store.close().catch(() => {});
	growDisk(place, '60m');
	const again = new DuckdbStore(await database.attach(attachment.file));
	const names = Array.from({ length: committed }, (_, at) => `v${at}-7`);
	expect((await again.vectors('m', names)).size).toBe(committed);
	await again.close();
});

async function openStore(file: string) {
	const database = await Database.open({ threads: 1, memoryLimitMb: 64 }, silentLogger);
	onTestFinished(() => database.close());
	const attachment = await database.attach(file);
	const faults: StoreFault[] = [];
	const store = new DuckdbStore(attachment, (fault) => faults.push(fault));
	return { database, attachment, store, faults };
}

/** An index of 100 notes with ten passages each, closed. */
async function makeIndex(): Promise<string> {
	const file = join(tempFolder(), 'index.duckdb');
	const database = await Database.open({ threads: 1, memoryLimitMb: 64 }, silentLogger);
	const store = new DuckdbStore(await database.attach(file));
	const notes = Array.from({ length: 100 }, (_, note) => ({
		note: {
			...{ id: note + 1, hash: 'h', chunker: 1, skipped: undefined, title: 't', indexedAtMs: 1 },
			...{ aliases: [], tags: [], links: [], problems: [] },
			stamp: { path: `${note}.md`, size: 1, mtimeMs: 1 },
		},
		passages: Array.from({ length: 10 }, (_, at) => ({
			...{ id: note * 10 + at, heading: '', startLine: 1, endLine: 1, textHash: `t${note * 10 + at}` },
			...{ terms: ['a'], counts: new Uint16Array([1]) },
			text: `unmistakable ${note * 10 + at} `.repeat(20),
		})),
	}));
	await store.write({ ...nothing, put: notes });
	await store.close();
	database.close();
	return file;
}

function manyVectors(name: string, count: number): ReadonlyMap<string, Float32Array> {
	return new Map(
		Array.from({ length: count }, (_, at) => [
			`${name}${at}`,
			Float32Array.from({ length: 384 }, () => Math.random()),
		]),
	);
}
