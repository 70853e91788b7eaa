import { expect, test } from 'vitest';
import { changedBuild, sleepingEmbedder } from '../support/builtDirectory.ts';
import { type IndexSummary, jarvisJson } from '../support/cli.ts';
import { startServer, uriOf } from '../support/languageServer.ts';
import { smallVault } from '../support/smallVault.ts';
import { tempFolder } from '../support/tempFolder.ts';

test('a folder is indexed and embedded whole', async () => {
	const server = await startServer(tempFolder(smallVault));
	const status = await server.ready();
	expect(status.index).toMatchObject({ notes: 5, skipped: 0, pendingNotes: 0 });
	expect(status.index.chunks).toBeGreaterThan(5);
	expect(status).toMatchObject({ health: 'healthy', problems: [], graph: { unresolved: 0 } });
	expect(status.graph.links).toBe(3);
	expect(status.models).toEqual([
		{ id: expect.any(String), use: 'answers', state: 'ready', processes: 1, device: 'cpu' },
	]);
});

test('before there are vectors, answers come from words and say so', async () => {
	const directory = changedBuild({ embedder: sleepingEmbedder });
	const server = await startServer(tempFolder(smallVault), { directory });
	await server.untilFound('celadon', ['pottery/Glazes.md']);
	const { hits, coverage, semanticOff } = await server.search('celadon');
	expect(hits[0]).toMatchObject({ path: 'pottery/Glazes.md', parts: { semantic: 0 } });
	expect(coverage).toMatchObject({ notes: 5, embedded: 0 });
	expect(coverage.chunks).toBeGreaterThan(5);
	expect(semanticOff).toBe('no passage has a vector yet');
});

test('a folder without notes is ready with nothing', async () => {
	const server = await startServer(tempFolder({ 'picture.png': 'x' }));
	expect((await server.ready()).index).toMatchObject({ notes: 0, chunks: 0 });
	expect((await server.search('anything')).hits).toEqual([]);
});

test('a folder opened again unchanged is read and embedded again in no part', async () => {
	const root = tempFolder(smallVault);
	const indexDirectory = tempFolder();
	const first = await startServer(root, { indexDirectory });
	const { chunks } = (await first.ready()).index;
	await first.stop();
	const directory = changedBuild({ embedder: sleepingEmbedder });
	// Without a model that works, what is embedded can only have come from the index.
	const second = await startServer(root, { indexDirectory, directory });
	expect((await second.ready()).index).toMatchObject({ chunks, embedded: chunks });
	await second.stop();
	const summary = await jarvisJson<IndexSummary>(['index', root, '--index-dir', indexDirectory]);
	expect(summary).toMatchObject({ notes: 5, chunks, embedded: 0, reused: 0 });
});

test('a copy of a note takes the vector of the first', async () => {
	const root = tempFolder({ 'a.md': '# Same\n\nThe same words.\n', 'b.md': '# Same\n\nThe same words.\n' });
	const indexDirectory = tempFolder();
	const summary = await jarvisJson<IndexSummary>(['index', root, '--index-dir', indexDirectory]);
	expect(summary).toMatchObject({ notes: 2, chunks: 2, embedded: 1 });
	const server = await startServer(root, { indexDirectory });
	expect((await server.ready()).index).toMatchObject({ chunks: 2, embedded: 2 });
});

test('an index that another server has open is shared with it', async () => {
	const root = tempFolder(smallVault);
	const indexDirectory = tempFolder();
	const first = await startServer(root, { indexDirectory });
	await first.ready();
	const second = await startServer(root, { indexDirectory });
	const { health, folders, index } = await second.ready();
	expect({ health, notes: index.notes }).toEqual({ health: 'healthy', notes: 5 });
	expect(folders).toMatchObject([{ door: 'attached', leaderPid: first.pid }]);
	expect((await first.status()).folders).toMatchObject([{ door: 'leads', leaderPid: first.pid }]);
	expect((await second.search('celadon')).hits).toEqual((await first.search('celadon')).hits);
	expect({ told: second.told, complaints: second.complaints }).toEqual({ told: [], complaints: [] });
});

test('nothing is complained of when nothing is wrong', async () => {
	const notes = Object.fromEntries(
		Array.from({ length: 60 }, (_, at) => [`${at}.md`, `Note number ${at}.\n`]),
	);
	const root = tempFolder(notes);
	const server = await startServer(root);
	await server.ready();
	expect((await server.search('number 7')).hits[0]?.uri).toBe(uriOf(root, '7.md'));
	await server.stop();
	expect(server.complaints).toEqual([]);
});
