import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import { type Migration, migrations } from '../../server/src/adapters/duckdb/migrations.ts';
import { fillStore } from '../support/filledStore.ts';
import { readIndexFile } from '../support/indexFile.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { tempFolder } from '../support/tempFolder.ts';

const rewriting = ["UPDATE note SET title = title || '!'"];
const creating = ['CREATE TABLE one_more(id INTEGER)'];

test('before rows are rewritten the index is copied, and the copy goes with the next opening', async () => {
	const { file, place } = await makeIndex();
	const steps = [...migrations, rewriting];
	expect(await open(file, steps)).toEqual(['Note 0!', 'Note 1!']);
	expect(readdirSync(place).sort()).toEqual(['index.duckdb', `index.duckdb.schema-${migrations.length}`]);
	expect((await readIndexFile(join(place, `index.duckdb.schema-${migrations.length}`))).notes).toBe(2);
	expect(await open(file, steps)).toEqual(['Note 0!', 'Note 1!']);
	expect(readdirSync(place)).toEqual(['index.duckdb']);
});

test('a table that is only made needs no copy', async () => {
	const { file, place } = await makeIndex();
	await open(file, [...migrations, creating]);
	expect(readdirSync(place)).toEqual(['index.duckdb']);
});

test('a step that fails leaves the index and its copy as they were', async () => {
	const { file, place } = await makeIndex();
	await expect(open(file, [...migrations, [...rewriting, 'UPDATE nowhere SET x = 1']])).rejects.toThrow(
		/nowhere/,
	);
	expect(readdirSync(place).sort()).toEqual(['index.duckdb', `index.duckdb.schema-${migrations.length}`]);
	expect(await open(file, migrations)).toEqual(['Note 0', 'Note 1']);
});

test('an index of a newer version is refused with what to do, and nothing of it is lost', async () => {
	const { file, place } = await makeIndex();
	await open(file, [...migrations, creating]);
	for (let time = 0; time < 2; time++) {
		await expect(open(file, migrations)).rejects.toThrow(
			new RegExp(`newer version .*schema ${migrations.length + 1}.*left as it is\\. Update`),
		);
	}
	expect(readdirSync(place)).toEqual(['index.duckdb']);
	expect(await open(file, [...migrations, creating])).toEqual(['Note 0', 'Note 1']);
});

async function makeIndex() {
	const place = tempFolder();
	const file = join(place, 'index.duckdb');
	const database = await Database.open({ threads: 1, memoryLimitMb: 64 }, silentLogger);
	const store = new DuckdbStore(await database.attach(file));
	await fillStore(store, { notes: 2, round: 0 });
	await store.close();
	database.close();
	return { file, place };
}

/** Opens the index by these steps, and closes it; returns the titles in it. */
async function open(file: string, steps: readonly Migration[]): Promise<readonly string[]> {
	const database = await Database.open({ threads: 1, memoryLimitMb: 64 }, silentLogger, steps);
	onTestFinished(() => database.close());
	const store = new DuckdbStore(await database.attach(file));
	const titles = (await store.notes()).map(({ title }) => title);
	await store.close();
	return titles;
}
