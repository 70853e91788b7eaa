import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OwnDataOnDisk } from '../../../server/src/adapters/files/ownData.ts';
import { deleteData } from '../../../server/src/services/maintenance/deleteData.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const index = 'notes-0123456789ab';

test('what another process has in use stays, with all that it may be using', async () => {
	const base = tempFolder({
		[`${index}/index.duckdb`]: 'x'.repeat(9),
		'vectors/m/1.keys': 'x',
		'logs/server.log': 'x',
	});
	const data = new OwnDataOnDisk({ bases: [base], leaderOf: async () => 4711 });
	const { deleted, kept } = await deleteData(data, async () => {});
	expect(deleted).toEqual([]);
	expect(kept.map(({ kind, bytes, heldBy }) => [kind, bytes, heldBy])).toEqual([
		['index', 9, 4711],
		['logs', 1, 4711],
		['vectors', 1, 4711],
	]);
	expect(kept[0]!.reason).toMatch(/Process 4711/);
	expect(existsSync(join(base, index, 'index.duckdb'))).toBe(true);
});

test('only what is named and filled like an index is one', async () => {
	const base = tempFolder({
		[`${index}/index.duckdb`]: 'x',
		'diary-0123456789ab/diary.md': 'mine',
		'notes/index.duckdb': 'mine',
	});
	writeFileSync(join(base, 'vectors'), 'a file of this name is nobody’s cache');
	const data = new OwnDataOnDisk({ bases: [base, base], leaderOf: async () => undefined });
	let isClosed = false;
	const { deleted } = await deleteData(data, async () => {
		isClosed = existsSync(join(base, index));
	});
	expect(isClosed).toBe(true);
	expect(deleted.map(({ path }) => path)).toEqual([join(base, index)]);
	expect(existsSync(join(base, 'diary-0123456789ab'))).toBe(true);
});
