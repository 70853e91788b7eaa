import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { randomFrom } from '../../scripts/host/random.ts';
import { type IndexSummary, jarvisJson } from '../support/cli.ts';
import { findIndexFile, type IndexContents, readIndexFile } from '../support/indexFile.ts';
import { isComplete, type LanguageServer, startServer } from '../support/languageServer.ts';
import { manyNotes, shortNote } from '../support/manyNotes.ts';
import { childrenOf, untilGone } from '../support/processes.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

const kills = 20;
const noteCount = 150;
const changedPerRound = 30;

test('a server killed at any point of indexing loses nothing that was committed', async () => {
	const root = tempFolder(manyNotes(noteCount));
	const indexDirectory = tempFolder();
	const random = randomFrom(1);
	let before: IndexContents = { notes: 0, passages: 0, vectors: 0, faults: {} };
	let inTheMiddle = 0;
	for (let round = 1; round <= kills; round++) {
		const server = await startServer(root, { indexDirectory });
		await untilSomePoint(server, round % 4 === 0 ? 'opening' : 'embedding', random);
		const model = childrenOf(server.pid);
		await server.kill();
		await Promise.all(model.map(untilGone));

		const now = await contentsOf(indexDirectory);
		expect(now.faults).toEqual({ samePath: 0, sameText: 0, ownerless: 0 });
		expect(now.notes, `notes after kill ${round}`).toBeGreaterThanOrEqual(before.notes);
		expect(now.vectors, `vectors after kill ${round}`).toBeGreaterThanOrEqual(before.vectors);
		expect(now.passages).toBe(now.notes);
		if (now.vectors > before.vectors) inTheMiddle++;
		before = now;
		for (let note = 0; note < changedPerRound; note++) {
			const at = Math.floor(random() * noteCount);
			writeNote(root, `folder ${at % 9}/note ${at}.md`, shortNote(at, round));
		}
	}
	expect(inTheMiddle).toBeGreaterThan(kills / 4);

	const summary = await jarvisJson<IndexSummary>(['index', root, '--index-dir', indexDirectory, '--quiet']);
	expect(summary).toMatchObject({ notes: noteCount, chunks: noteCount, failed: [] });
	const after = await contentsOf(indexDirectory);
	// Every text that has a vector now got it either before the last kill or in the last run, never in both.
	expect(summary.embedded).toBe(after.vectors - before.vectors);
	expect(after).toMatchObject({ notes: noteCount, passages: noteCount, faults: { sameText: 0 } });
	const again = await jarvisJson<IndexSummary>(['index', root, '--index-dir', indexDirectory]);
	expect(again).toMatchObject({ embedded: 0, notes: noteCount });
});

/** While the index is opened and notes are read, or when some share of the passages is embedded. */
async function untilSomePoint(server: LanguageServer, phase: 'opening' | 'embedding', random: () => number) {
	if (phase === 'opening') return delay(random() * 300);
	const { index } = await server.until((status) => status.index.state === 'embedding' || isComplete(status));
	const left = Math.floor(random() * (index.chunks - index.embedded));
	await server.until(({ index: { chunks, embedded } }) => chunks - embedded <= left);
	await delay(random() * 40);
}

async function contentsOf(indexDirectory: string): Promise<IndexContents> {
	const file = findIndexFile(indexDirectory);
	return file === undefined ? { notes: 0, passages: 0, vectors: 0, faults: noFaults } : readIndexFile(file);
}

const noFaults = { samePath: 0, sameText: 0, ownerless: 0 };
