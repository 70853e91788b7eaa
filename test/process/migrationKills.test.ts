import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { randomFrom } from '../../scripts/host/random.ts';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import { fillStore } from '../support/filledStore.ts';
import { readIndexFile } from '../support/indexFile.ts';
import { marking } from '../support/markedNotes.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { tempFolder } from '../support/tempFolder.ts';

/** More by hand: `JARVIS_KILLS=100 npx vitest run --project process test/process/migrationKills.test.ts`. */
const kills = Number(process.env.JARVIS_KILLS ?? 9);
const notes = 3000;

test('killed at any point of a migration, the index is as it was or as it is to be, and the next opening makes it so', async () => {
	const old = join(tempFolder(), 'index.duckdb');
	await open(old, undefined, async (store) => fillStore(store, { notes, round: 0 }));
	const random = randomFrom(Number(process.env.JARVIS_SEED ?? 1));
	const usualMs = (await migrateElsewhere(copyOf(old))).tookMs;
	let hits = 0;
	for (let round = 0; round < kills; round++) {
		const file = copyOf(old);
		const { wasKilled } = await migrateElsewhere(file, random() * usualMs);
		if (wasKilled) hits++;
		const titles = await open(file, marking, async (store) =>
			(await store.notes()).map(({ title }) => title),
		);
		expect({ round, marked: titles.filter((title) => /^Note \d+!$/.test(title)).length }).toEqual({
			round,
			marked: notes,
		});
		expect((await readIndexFile(file)).faults).toEqual({ samePath: 0, sameText: 0, ownerless: 0 });
		// The copy that was made first goes with the opening after it stood.
		await open(file, marking, async () => {});
		expect(readdirSync(join(file, '..'))).toEqual(['index.duckdb']);
	}
	expect(hits).toBeGreaterThan(kills / 3);
});

/** Lets a process migrate the index, and kills it so long after it began. */
async function migrateElsewhere(
	file: string,
	afterMs = Number.POSITIVE_INFINITY,
): Promise<{ readonly tookMs: number; readonly wasKilled: boolean }> {
	const child = fork(resolve(import.meta.dirname, '../support/migrateProcess.ts'), [file], {
		execArgv: ['--import', 'tsx'],
	});
	const ended = once(child, 'exit');
	await once(child, 'message');
	const began = performance.now();
	if (afterMs !== Number.POSITIVE_INFINITY) {
		await Promise.race([ended, delay(afterMs)]);
		child.kill('SIGKILL');
	}
	const [code, signal] = await ended;
	if (signal === null) expect(code).toBe(0);
	return { tookMs: performance.now() - began, wasKilled: signal === 'SIGKILL' };
}

function copyOf(file: string): string {
	const copy = join(tempFolder(), 'index.duckdb');
	copyFileSync(file, copy);
	return copy;
}

async function open<T>(
	file: string,
	steps: typeof marking | undefined,
	use: (store: DuckdbStore) => Promise<T>,
): Promise<T> {
	const database = await Database.open({ threads: 1, memoryLimitMb: 64 }, silentLogger, steps);
	const store = new DuckdbStore(await database.attach(file));
	try {
		return await use(store);
	} finally {
		await store.close();
		database.close();
	}
}
