import { expect, test } from 'vitest';
import { DidChangeWorkspaceFoldersNotification } from 'vscode-languageserver';
import { Editor } from '../support/editor.ts';
import { folderOf, startServer, uriOf } from '../support/languageServer.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

async function openBoth() {
	const birds = tempFolder({ 'a.md': 'A heron on the lake.\n' });
	const fish = tempFolder({ 'a.md': 'A pike in the lake.\n', 'b.md': 'A heron’s dinner: roach.\n' });
	const indexDirectory = tempFolder();
	const server = await startServer([birds, fish], { indexDirectory });
	await server.ready();
	return { birds, fish, server, editor: new Editor(server, birds), indexDirectory };
}

test('hits of two folders say which they are from, one ranking over both', async () => {
	const { birds, fish, server } = await openBoth();
	const { hits, coverage, total } = await server.search('heron', { mode: 'keyword' });
	expect(hits.map(({ folder, path, uri }) => ({ folder, path, uri }))).toEqual(
		expect.arrayContaining([
			{ folder: folderOf(birds).name, path: 'a.md', uri: uriOf(birds, 'a.md') },
			{ folder: folderOf(fish).name, path: 'b.md', uri: uriOf(fish, 'b.md') },
		]),
	);
	expect(total).toBe(2);
	expect(hits[0]!.score).toBeGreaterThanOrEqual(hits[1]!.score);
	expect(coverage).toMatchObject({ notes: 3, chunks: 3, embedded: 3 });
});

test('each folder has an index of its own, and a status', async () => {
	const { birds, fish, server, indexDirectory } = await openBoth();
	const { folders, index } = await server.status();
	expect(folders.map(({ uri, index: { notes } }) => ({ uri, notes }))).toEqual([
		{ uri: uriOf(birds), notes: 1 },
		{ uri: uriOf(fish), notes: 2 },
	]);
	expect(new Set(folders.map(({ indexFile }) => indexFile)).size).toBe(2);
	for (const { indexFile } of folders) expect(indexFile.startsWith(indexDirectory)).toBe(true);
	expect(index.notes).toBe(3);
});

test('a folder that leaves takes its hits along, and brings them back', async () => {
	const { fish, server, editor } = await openBoth();
	await editor.changeFolders([], [fish]);
	await server.until(({ folders }) => folders.length === 1);
	await server.untilFound('lake heron', ['a.md']);
	await editor.changeFolders([fish], []);
	const { folders } = await server.until(
		({ folders, index }) => folders.length === 2 && index.embedded === 3,
	);
	expect(folders.flatMap(({ problems }) => problems)).toEqual([]);
	await server.untilFound('pike', ['a.md']);
	expect(server.told).toEqual([]);
});

test('a folder that leaves while it is being opened can come back', async () => {
	const { fish, server, editor } = await openBoth();
	for (let time = 0; time < 3; time++) {
		await editor.changeFolders([], [fish]);
		await editor.changeFolders([fish], []);
	}
	await server.until(({ folders, index }) => folders.length === 2 && index.embedded === 3);
	await server.untilFound('pike', ['a.md']);
	expect(server.told).toEqual([]);
});

test('a folder that is not there is told of and harms no other', async () => {
	const { birds, server, editor } = await openBoth();
	await editor.changeFolders([`${birds}/no such folder`], []);
	const { problems } = await server.until(({ problems }) => problems.length > 0);
	expect(problems[0]).toContain('no such folder');
	writeNote(birds, 'c.md', 'A bittern.\n');
	await editor.seen({ made: ['c.md'] });
	await server.untilFound('bittern', ['c.md']);
});

test('a folder of another scheme is no path of this machine', async () => {
	const { fish, server, editor } = await openBoth();
	await editor.changeFolders([], [fish]);
	const { uri, name } = folderOf(fish);
	const event = { added: [{ uri: uri.replace('file:', 'vscode-vfs:'), name }], removed: [] };
	await server.tell(DidChangeWorkspaceFoldersNotification.type, { event });
	await editor.changeFolders([`${fish}/no such folder`], []);
	const { folders } = await server.until(({ problems }) => problems.length > 0);
	expect(folders).toHaveLength(2);
	expect(await server.findWords('pike')).toEqual([]);
});

test('without a folder there is nothing to search and nothing wrong', async () => {
	const server = await startServer([]);
	expect(await server.status()).toMatchObject({ health: 'unconfigured', problems: [], folders: [] });
	expect((await server.search('anything')).hits).toEqual([]);
});

test('a server that is ended while it opens a folder ends well', async () => {
	const root = tempFolder({ 'a.md': 'A heron.\n' });
	const indexDirectory = tempFolder();
	for (let time = 0; time < 5; time++) {
		const server = await startServer(root, { indexDirectory });
		await server.stop();
		expect(server.process.exitCode).toBe(0);
		expect(server.complaints).toEqual([]);
	}
	await (await startServer(root, { indexDirectory })).untilFound('heron', ['a.md']);
});

test('unsaved text of a note that was open before its folder came is found, and goes with the folder', async () => {
	const birds = tempFolder({ 'b.md': 'On disk: heron.\n' });
	const fish = tempFolder({ 'a.md': 'On disk: pike.\n' });
	const server = await startServer(birds);
	const editor = new Editor(server, birds);
	await new Editor(server, fish).open('a.md', 'Unsaved: sturgeon.\n');
	// Handed over in the order they were opened: once this one is found, the other is past its own time.
	await editor.open('b.md', 'Unsaved: bittern.\n');
	await server.untilFound('bittern', ['b.md']);
	await editor.changeFolders([fish], []);
	await server.untilFound('sturgeon', ['a.md']);
	expect(await server.findWords('pike')).toEqual([]);
	await editor.changeFolders([], [fish]);
	await server.untilFound('sturgeon', []);
});
