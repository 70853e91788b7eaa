import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { Control, type ControlParams } from '../../server/src/protocol/control.ts';
import { Editor } from '../support/editor.ts';
import { startServer } from '../support/languageServer.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

async function openVault() {
	const root = tempFolder({ 'a.md': 'A heron.\n', 'b.md': 'A stork.\n' });
	const server = await startServer(root);
	await server.ready();
	const control = (action: ControlParams['action']) => server.ask(Control, { action });
	return { root, server, editor: new Editor(server, root), control };
}

test('paused indexing follows nothing until it is resumed', async () => {
	const { root, server, editor, control } = await openVault();
	await control('pause');
	await server.until(({ index }) => index.state === 'paused');
	writeNote(root, 'c.md', 'A bittern.\n');
	await editor.seen({ made: ['c.md'] });
	await server.until(({ index }) => index.pendingNotes === 1);
	expect(await server.findWords('heron')).toEqual(['a.md']);
	expect((await server.status()).index).toMatchObject({ state: 'paused', notes: 2 });
	await control('resume');
	await server.untilFound('bittern', ['c.md']);
	expect((await server.ready()).index.embedded).toBe(3);
});

test('a rebuilt index is the same, and sees what nobody told it of', async () => {
	const { root, server, control } = await openVault();
	const before = (await server.search('heron')).hits;
	await control('rebuild');
	await server.ready();
	expect((await server.search('heron')).hits).toEqual(before);
	writeNote(root, 'c.md', 'A bittern.\n');
	await control('rebuild');
	await server.untilFound('bittern', ['c.md']);
});

test('a deleted index is off, gone from disk, and made again by a rebuild', async () => {
	const { server, editor, control } = await openVault();
	const { indexFile } = (await server.status()).folders[0]!;
	expect(existsSync(indexFile)).toBe(true);
	await control('delete');
	expect(existsSync(dirname(indexFile))).toBe(false);
	const status = await server.status();
	expect(status).toMatchObject({ health: 'disabled', index: { state: 'off', notes: 0, bytes: 0 } });
	expect(status.problems).toEqual(['The index was deleted. “Rebuild Index” makes it again.']);
	await editor.seen({ changed: ['a.md'] });
	expect((await server.search('heron')).hits).toEqual([]);
	await control('rebuild');
	expect(await server.ready()).toMatchObject({ health: 'healthy', problems: [] });
	expect(await server.findWords('heron')).toEqual(['a.md']);
	expect(existsSync(indexFile)).toBe(true);
});

test('freed memory is that of the idle model, which the next question starts again', async () => {
	const { server, control } = await openVault();
	expect((await server.status()).memory).toMatchObject({ limitMb: 1024, level: 'normal', steps: [] });
	await control('freeMemory');
	expect(await server.status()).toMatchObject({ memory: { embedderMb: 0 }, models: [{ processes: 0 }] });
	await server.search('a wading bird', { mode: 'semantic' });
	expect(
		(await server.until(({ models }) => models[0]!.state === 'ready')).memory.embedderMb,
	).toBeGreaterThan(50);
});

test('deleting while everything is at work is safe, twice as well', async () => {
	const notes = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`${at}.md`, `Note ${at}.\n`]));
	const server = await startServer(tempFolder(notes));
	await server.until(({ index }) => index.notes > 0);
	await server.ask(Control, { action: 'delete' });
	await server.ask(Control, { action: 'delete' });
	expect((await server.status()).health).toBe('disabled');
	await server.ask(Control, { action: 'rebuild' });
	expect((await server.ready()).index).toMatchObject({ notes: 100, embedded: 100 });
	expect(server.complaints).toEqual([]);
});

test('pausing and resuming in the middle loses nothing', async () => {
	const notes = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`${at}.md`, `Note ${at}.\n`]));
	const server = await startServer(tempFolder(notes));
	for (const embedded of [1, 30, 60]) {
		await server.until(({ index }) => index.embedded >= embedded);
		await server.ask(Control, { action: 'pause' });
		await server.until(({ index }) => index.state === 'paused');
		await server.ask(Control, { action: 'resume' });
	}
	expect((await server.ready()).index.embedded).toBe(100);
});
