import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import { UserError } from '../../server/src/ports/system.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { tempFolder } from '../support/tempFolder.ts';

test('an index open already is refused with what to do', async () => {
	const { database, file } = await openIndex();
	await database.attach(file);
	await expect(database.attach(file)).rejects.toThrow(UserError);
});

test.each([
	['cut short', (bytes: Buffer) => bytes.subarray(0, 5000)],
	['not a database', () => Buffer.from('# Just a note\n')],
	[
		'overwritten in its header',
		(bytes: Buffer) => Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(4096, 7), bytes.subarray(8192)]),
	],
])('an index that is %s is set aside and begun anew', async (_what, damage) => {
	const { database, file, folder } = await openIndex();
	const first = await database.attach(file);
	await first.detach();
	writeFileSync(file, damage(readFileSync(file)));
	const second = await database.attach(file);
	expect(await new DuckdbStore(second).notes()).toEqual([]);
	expect(second.setAside).toContain('damaged');
	expect(readdirSync(folder).some((name) => name.includes('.damaged-'))).toBe(true);
	await second.detach();
});

test('an index of a newer schema is refused and left as it is', async () => {
	const { database, file } = await openIndex();
	const first = await database.attach(file);
	await first.writer.run('UPDATE schema_version SET version = 999');
	await first.detach();
	await expect(database.attach(file)).rejects.toThrow(/newer version of Jarvis/);
});

test('what is committed is there after closing and opening', async () => {
	const { database, file } = await openIndex();
	const first = await database.attach(file);
	const store = new DuckdbStore(first);
	await store.putVectors('m', new Map([['h', Float32Array.of(1, 2)]]));
	await store.close();
	const again = new DuckdbStore(await database.attach(file));
	expect((await again.vectors('m', ['h'])).get('h')).toEqual(Float32Array.of(1, 2));
	await again.putVectors('m', new Map([['h2', Float32Array.of(3)]]));
	expect((await again.vectors('m', ['h', 'h2'])).size).toBe(2);
	await again.close();
});

async function openIndex() {
	const folder = tempFolder();
	const database = await Database.open({ threads: 1, memoryLimitMb: 64 }, silentLogger);
	onTestFinished(() => database.close());
	return { database, folder, file: join(folder, 'index.duckdb') };
}
