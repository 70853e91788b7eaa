import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { randomFrom } from '../../scripts/host/random.ts';
import type { StatusResult } from '../../server/src/protocol/status.ts';
import { type IndexSummary, jarvis, jarvisJson, startJarvis } from '../support/cli.ts';
import { findIndexFile, readIndexFile } from '../support/indexFile.ts';
import { manyNotes, shortNote } from '../support/manyNotes.ts';
import { untilGone } from '../support/processes.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

/** More by hand: `JARVIS_KILLS=100 npx vitest run --project process test/process/upkeepKills.test.ts`. */
const kills = Number(process.env.JARVIS_KILLS ?? 12);
const noteCount = 80;
const deeds = ['maintain', 'backup', 'restore'] as const;

test('killed at any point of compaction, backup and restoring, the index and every backup stay whole', async () => {
	const root = tempFolder(manyNotes(noteCount));
	const common = ['--index-dir', tempFolder(), '--quiet'];
	const file = join(tempFolder(), 'notes.jarvis-backup');
	const random = randomFrom(Number(process.env.JARVIS_SEED ?? 1));
	await jarvis(['index', root, ...common]);
	// Something to be compacted away.
	for (let note = 0; note < noteCount; note++)
		writeNote(root, `folder ${note % 9}/note ${note}.md`, shortNote(note, 1));
	await jarvis(['index', root, ...common]);
	await jarvis(['backup', root, file, ...common]);
	const argumentsOf = { maintain: [], backup: [file], restore: [file] };
	const usualMs: Record<string, number> = {};
	for (const deed of deeds) {
		const began = performance.now();
		expect(await jarvis([deed, root, ...argumentsOf[deed], ...common])).toMatchObject({ code: 0 });
		usualMs[deed] = performance.now() - began;
	}
	let hits = 0;
	for (let round = 0; round < kills; round++) {
		const deed = deeds[round % deeds.length]!;
		const run = startJarvis([deed, root, ...argumentsOf[deed], ...common]);
		// The first third is the start of the program.
		await Promise.race([run.result, delay((0.3 + 0.7 * random()) * usualMs[deed]!)]);
		if (run.process.exitCode === null) {
			hits++;
			process.kill(-run.process.pid!, 'SIGKILL');
			await run.result;
			await untilGone(run.process.pid!);
		}
		const { index, problems } = await jarvisJson<StatusResult>(['status', root, ...common]);
		expect({ deed, round, problems, ...index }).toMatchObject({
			...{ problems: [], notes: noteCount, chunks: noteCount, embedded: noteCount },
		});
		const indexFile = findIndexFile(common[1]!)!;
		expect((await readIndexFile(indexFile)).faults).toEqual({ samePath: 0, sameText: 0, ownerless: 0 });
		const beside = readdirSync(dirname(indexFile)).filter((name) => name.startsWith('index.duckdb'));
		expect(beside).toEqual(['index.duckdb']);
		expect(readFileSync(file).subarray(-14).toString()).toBe('JARVIS BACKUP\n');
	}
	expect(hits).toBeGreaterThan(kills / 4);
	expect(await jarvisJson<IndexSummary>(['index', root, ...common])).toMatchObject({
		embedded: 0,
		notes: noteCount,
	});
	// What a kill left of a backup is in nobody's way.
	expect(await jarvis(['backup', root, file, ...common])).toMatchObject({ code: 0 });
	expect(existsSync(`${file}.part`)).toBe(false);
	expect(await jarvis(['restore', root, file, ...common])).toMatchObject({ code: 0 });
});
