import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { ParquetVectors } from '../../server/src/adapters/duckdb/parquetVectors.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { tempFolder } from '../support/tempFolder.ts';

test('what a killed export left behind goes with the next to the same place, and nothing else does', async () => {
	const child = spawn(process.execPath, ['-e', '']);
	await once(child, 'exit');
	const kept = [`other.parquet.${child.pid}.part`, `all.parquet.${process.ppid}.part`, 'all.parquet.1x.part'];
	const files = [`all.parquet.${child.pid}.part`, ...kept].map((name) => [name, 'x']);
	const folder = tempFolder(Object.fromEntries(files));
	const database = await Database.open({ threads: 1, memoryLimitMb: 128 }, silentLogger);
	onTestFinished(() => database.close());
	const vectors = new ParquetVectors(await database.attach(join(tempFolder(), 'index.duckdb')));
	const about = { modelId: 'some-model', dimensions: 4, chunker: 1 };
	await vectors.write(join(folder, 'all.parquet'), about, { withText: false });
	expect(readdirSync(folder).toSorted()).toEqual(['all.parquet', ...kept].toSorted());
});
