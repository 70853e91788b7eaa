import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Control } from '../../server/src/protocol/control.ts';
import { BackUp, DeleteData, ListData, Maintain, Restore } from '../../server/src/protocol/maintenance.ts';
import { folderOf, startServer } from '../support/languageServer.ts';
import { smallVault } from '../support/smallVault.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

test('an index is optimized, backed up and restored while it is searched', async () => {
	const root = tempFolder(smallVault);
	const { uri } = folderOf(root);
	const server = await startServer(root);
	await server.ready();
	const done = await server.ask(Maintain, { uri });
	expect(done.steps.map(({ name }) => name)).toEqual([
		'vectors',
		'postings',
		'compact',
		'statistics',
		'checkpoint',
	]);
	expect(await server.findWords('celadon')).toEqual(['pottery/Glazes.md']);

	const file = join(tempFolder(), 'notes.jarvis-backup');
	const backup = await server.ask(BackUp, { uri, file });
	expect(backup).toMatchObject({ file, notes: Object.keys(smallVault).length });
	writeNote(root, 'Lake.md', 'A pike below the ice.\n');
	await server.ask(Control, { action: 'rescan' });
	await server.untilFound('pike', ['Lake.md']);
	const { sha256: _digest, file: _file, seconds: _seconds, ...contents } = backup;
	expect(await server.ask(Restore, { uri, file })).toMatchObject(contents);
	// The note has changed since the backup.
	await server.untilFound('pike', ['Lake.md']);
	await server.ready();
	expect(await server.findWords('celadon')).toEqual(['pottery/Glazes.md']);
	await expect(server.ask(Restore, { uri, file: join(root, 'Lake.md') })).rejects.toThrow(/not a backup/);
	expect(await server.findWords('celadon')).toEqual(['pottery/Glazes.md']);
	expect(server.complaints).toEqual([]);
});

test('a deleted index is restored from its backup', async () => {
	const root = tempFolder(smallVault);
	const { uri } = folderOf(root);
	const server = await startServer(root);
	await server.ready();
	const file = join(tempFolder(), 'notes.jarvis-backup');
	await server.ask(BackUp, { uri, file });
	await server.ask(Control, { action: 'delete' });
	await server.ask(Restore, { uri, file });
	await server.ready();
	expect(await server.findWords('celadon')).toEqual(['pottery/Glazes.md']);
});

test('a window that is attached has all of it done by the one that leads', async () => {
	const root = tempFolder(smallVault);
	const indexDirectory = tempFolder();
	const { uri } = folderOf(root);
	const leader = await startServer(root, { indexDirectory });
	await leader.ready();
	const guest = await startServer(root, { indexDirectory });
	const file = join(tempFolder(), 'notes.jarvis-backup');
	await guest.ask(BackUp, { uri, file });
	expect((await guest.ask(Maintain, { uri })).steps).toHaveLength(5);
	await guest.ask(Restore, { uri, file });
	expect(await guest.findWords('celadon')).toEqual(['pottery/Glazes.md']);
	// Deleting is for whoever has it; the guest says who that is.
	const { items } = await guest.connection.sendRequest<{ items: { kind: string; heldBy?: number }[] }>(
		ListData.method,
	);
	expect(items.find(({ kind }) => kind === 'index')?.heldBy).toBe(leader.pid);
	await guest.connection.sendRequest(DeleteData.method);
	expect(await leader.findWords('celadon')).toEqual(['pottery/Glazes.md']);
});

test('all data goes on demand, and no file of anyone else', async () => {
	const root = tempFolder(smallVault);
	const indexDirectory = tempFolder({ 'diary-0123456789ab/note.md': 'mine', 'other/x': 'mine' });
	const server = await startServer(root, { indexDirectory, settings: { 'cache.vectors.maxMb': 0 } });
	await server.ready();
	const { kept } = await server.connection.sendRequest<{ kept: readonly object[] }>(DeleteData.method);
	expect(kept).toEqual([]);
	const left = readdirSync(indexDirectory).filter(
		(name) => !name.endsWith('.leader.json') && name !== 'logs',
	);
	expect(left.sort()).toEqual(['diary-0123456789ab', 'other']);
	expect(existsSync(join(root, 'Lake.md'))).toBe(true);
	expect((await server.status()).problems.join()).toMatch(/was deleted/);
});

test('what the server does stands in a file, and what is asked and written does not', async () => {
	const root = tempFolder({ ...smallVault, 'Secret.md': '# Zyzzyva\n\nNobody reads of quokkas.\n' });
	const indexDirectory = tempFolder();
	const server = await startServer(root, { indexDirectory });
	await server.ready();
	await server.search('quokkas near xylophones');
	await server.ask(Maintain, { uri: folderOf(root).uri });
	const log = readFileSync(join(indexDirectory, 'logs', 'server.log'), 'utf8');
	expect(log).toMatch(/\[info\] \d+ The search server has started/);
	expect(log).toMatch(/was optimized/);
	for (const word of ['quokkas', 'xylophones', 'Zyzzyva']) expect(log).not.toContain(word);
});
