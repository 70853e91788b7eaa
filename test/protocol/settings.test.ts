import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Editor } from '../support/editor.ts';
import { startServer } from '../support/languageServer.ts';
import { patience } from '../support/patience.ts';
import { tempFolder } from '../support/tempFolder.ts';

const vault = { 'a.md': 'A heron.\n', 'drafts/b.md': 'A heron, drafted.\n', 'old/c.md': 'A heron of old.\n' };

test('a setting that can’t be used is told, and its default used', async () => {
	const settings = { 'search.limit': 'many', 'search.precision': 'exact', 'duckdb.threads': 0 };
	const server = await startServer(tempFolder(vault), { settings });
	const { problems, health } = await server.ready();
	expect(problems).toEqual([
		'Setting jarvis.search.limit must be a number; using 10.',
		'Setting jarvis.search.precision must be one of all, balanced, precision; using "all".',
		'Setting jarvis.duckdb.threads must be `auto` or between 1 and 64; using "auto".',
	]);
	expect(health).toBe('degraded');
	expect((await server.search('heron')).hits).toHaveLength(3);
});

test('a setting that is put right is told of no more', async () => {
	const root = tempFolder(vault);
	const server = await startServer(root, { settings: { 'search.limit': 0 } });
	expect((await server.ready()).problems).toHaveLength(1);
	await new Editor(server, root).changeSettings({ settings: { 'search.limit': 2 } });
	await server.until(({ health }) => health === 'healthy');
	expect((await server.search('heron')).hits).toHaveLength(2);
});

test('the first page is as long as one setting says, every other as long as another', async () => {
	const root = tempFolder(vault);
	const server = await startServer(root, { settings: { 'search.limit': 1, 'search.pageSize': 2 } });
	await server.ready();
	const first = await server.search('heron');
	const second = await server.search('heron', { offset: 1 });
	expect([first.hits.length, second.hits.length, first.total]).toEqual([1, 2, 3]);
	expect(new Set([...first.hits, ...second.hits].map(({ path }) => path)).size).toBe(3);
});

test('notes that are excluded leave the index at once, and come back', async () => {
	const root = tempFolder(vault);
	const indexDirectory = tempFolder();
	const server = await startServer(root, { indexDirectory });
	await server.ready();
	const editor = new Editor(server, root);
	const kept = { 'index.directory': indexDirectory };
	await editor.changeSettings({ settings: { ...kept, 'indexing.exclude': ['drafts/**'] } });
	await server.untilFound('heron', ['a.md', 'old/c.md']);
	await editor.changeSettings({
		settings: { ...kept, 'indexing.exclude': ['drafts/**'] },
		exclude: ['**/old'],
	});
	await server.untilFound('heron', ['a.md']);
	expect((await server.ready()).index).toMatchObject({ notes: 1, chunks: 1, embedded: 1 });
	await editor.changeSettings({ settings: kept, exclude: [] });
	await server.untilFound('heron', ['a.md', 'drafts/b.md', 'old/c.md']);
	expect((await server.ready()).index.embedded).toBe(3);
});

test('another language of the words takes effect by itself, and embeds nothing', async () => {
	const root = tempFolder({ 'a.md': 'Houses and herons.\n', 'b.md': 'Der Reiher.\n' });
	const indexDirectory = tempFolder();
	const kept = { 'index.directory': indexDirectory };
	const server = await startServer(root, { indexDirectory });
	await server.ready();
	await server.untilFound('house', ['a.md']);
	const editor = new Editor(server, root);
	await editor.changeSettings({ settings: { ...kept, 'search.language': 'none' } });
	await server.untilFound('house', []);
	await server.untilFound('houses', ['a.md']);
	expect((await server.ready()).index.embedded).toBe(2);
	await editor.changeSettings({ settings: kept });
	await server.untilFound('house', ['a.md']);
});

test('notes that are hidden from results stay indexed', async () => {
	const root = tempFolder(vault);
	const server = await startServer(root, { settings: { 'search.exclude': ['old/**'] } });
	expect((await server.ready()).index.notes).toBe(3);
	for (const mode of ['keyword', 'semantic', 'hybrid'] as const) {
		const { hits } = await server.search('heron', { mode });
		expect(hits.map(({ path }) => path).toSorted()).toEqual(['a.md', 'drafts/b.md']);
	}
});

test('without indexing, what was indexed is searched and changes are not followed', async () => {
	const root = tempFolder(vault);
	const server = await startServer(root, { settings: { 'indexing.enabled': false } });
	expect((await server.until(({ index }) => index.state === 'paused')).index.notes).toBe(0);
	await new Editor(server, root).changeSettings({ settings: { 'indexing.enabled': true } });
	expect((await server.ready()).index.notes).toBe(3);
});

test('an index to be read only is searched as it is, and says so', async () => {
	const root = tempFolder(vault);
	const indexDirectory = tempFolder();
	const first = await startServer(root, { indexDirectory });
	await first.ready();
	await first.stop();
	writeFileSync(join(root, 'new.md'), 'A heron that came later.\n');
	const settings = { 'duckdb.accessMode': 'read_only' };
	const server = await startServer(root, { indexDirectory, settings });
	const status = await server.until(({ index }) => index.state === 'paused');
	expect(status.index).toMatchObject({ notes: 3, embedded: 3 });
	for (const mode of ['keyword', 'semantic'] as const) {
		// Where the machine is busy, the model may still be starting.
		const found = async () => (await server.search('heron', { mode })).hits.length;
		await expect.poll(found, { timeout: 30_000 }).toBe(3);
	}
	const empty = await startServer(root, { settings });
	expect((await empty.until(({ health }) => health === 'disabled')).problems.join()).toContain(
		'lets none be made',
	);
});

test('a model without work gives its memory back, and answers the next question all the same', async () => {
	const settings = { 'model.keepAliveMinutes': 0.005 };
	const server = await startServer(tempFolder(vault), { settings });
	await server.until(({ index }) => index.embedded === 3);
	const idle = await server.until(({ models }) => models[0]!.state === 'idle');
	expect(idle.memory.embedderMb).toBe(0);
	await expect
		.poll(async () => (await server.search('a wading bird', { mode: 'semantic' })).hits.length, patience)
		.toBe(3);
});

test('a model that is not preloaded starts with the first text', async () => {
	const settings = { 'model.preload': false };
	const empty = await startServer(tempFolder(), { settings });
	expect((await empty.ready()).models[0]!.state).toBe('idle');
	const server = await startServer(tempFolder(vault), { settings });
	expect((await server.ready()).models[0]!.state).toBe('ready');
});
