import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { randomFrom } from '../../scripts/host/random.ts';
import { type IndexSummary, jarvisJson } from '../support/cli.ts';
import { findIndexFile, readIndexFile } from '../support/indexFile.ts';
import { type LanguageServer, startServer } from '../support/languageServer.ts';
import { manyNotes } from '../support/manyNotes.ts';
import { patience } from '../support/patience.ts';
import { embedderOf, killIfThere, untilGone } from '../support/processes.ts';
import { tempFolder } from '../support/tempFolder.ts';

const kills = 20;
const noteCount = 150;

test('a model process killed at any point costs time and nothing else', async () => {
	const root = tempFolder(manyNotes(noteCount));
	const indexDirectory = tempFolder();
	const server = await startServer(root, { indexDirectory });
	await server.until(({ index }) => index.notes === noteCount);
	const random = randomFrom(2);
	let embedded = 0;
	for (let kill = 1; kill <= kills; kill++) {
		await untilModelAnswers(server);
		await delay(random() * 30);
		const model = await embedderOf(server.pid);
		killIfThere(model);
		await untilGone(model);
		const now = (await server.status()).index.embedded;
		expect(now, `vectors after kill ${kill}`).toBeGreaterThanOrEqual(embedded);
		embedded = now;
		expect(await server.findWords('violin')).not.toEqual([]);
	}
	expect(await server.ready()).toMatchObject({
		health: 'healthy',
		index: { notes: noteCount, chunks: noteCount, embedded: noteCount },
	});
	await server.stop();
	const { vectors, faults } = await readIndexFile(findIndexFile(indexDirectory)!);
	expect({ vectors, ...faults }).toEqual({ vectors: noteCount, samePath: 0, sameText: 0, ownerless: 0 });
	const summary = await jarvisJson<IndexSummary>(['index', root, '--index-dir', indexDirectory]);
	expect(summary).toMatchObject({ embedded: 0, chunks: noteCount });
});

/** Never one that was asked before: its vector would be known without the model. */
let asked = 0;

/** A question is read after the text that the last kill interrupted: its answer means that this one is done. */
async function untilModelAnswers(server: LanguageServer): Promise<void> {
	await expect
		.poll(
			async () => (await server.search(`question ${asked++}`, { mode: 'semantic' })).semanticOff,
			patience,
		)
		.toBeUndefined();
}
