import { renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Editor } from '../support/editor.ts';
import { startServer } from '../support/languageServer.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

async function openVault() {
	const root = tempFolder({
		'a.md': 'First: heron. See [[b]].\n',
		'birds/b.md': 'Second: stork.\n',
		'birds/deep/c.md': 'Third: ibis.\n',
	});
	const server = await startServer(root);
	await server.ready();
	return { root, server, editor: new Editor(server, root) };
}

test('a new note is found', async () => {
	const { root, server, editor } = await openVault();
	writeNote(root, 'new/d.markdown', 'Fourth: bittern.\n');
	await editor.seen({ made: ['new/d.markdown'] });
	await server.untilFound('bittern', ['new/d.markdown']);
	expect((await server.ready()).index).toMatchObject({ notes: 4, embedded: 4 });
});

test('a changed note is found by its new words alone', async () => {
	const { root, server, editor } = await openVault();
	writeNote(root, 'a.md', 'First: bittern.\n');
	await editor.seen({ changed: ['a.md'] });
	await server.untilFound('bittern', ['a.md']);
	expect(await server.findWords('heron')).toEqual([]);
	expect((await server.status()).graph.links).toBe(0);
});

test('a note whose time alone changed is not embedded again', async () => {
	const { root, server, editor } = await openVault();
	utimesSync(join(root, 'a.md'), 1, 1);
	writeNote(root, 'birds/b.md', 'Second: bittern.\n');
	await editor.seen({ changed: ['a.md', 'birds/b.md'] });
	await server.untilFound('bittern', ['birds/b.md']);
	expect(await server.findWords('heron')).toEqual(['a.md']);
});

test('a removed note is gone', async () => {
	const { root, server, editor } = await openVault();
	rmSync(join(root, 'birds/b.md'));
	await editor.seen({ removed: ['birds/b.md'] });
	await server.untilFound('stork', []);
	expect((await server.ready()).index).toMatchObject({ notes: 2, chunks: 2, embedded: 2 });
	expect((await server.status()).graph).toMatchObject({ links: 0, unresolved: 1 });
});

test('a renamed note is found under its new name, with the vector it had', async () => {
	const { root, server, editor } = await openVault();
	renameSync(join(root, 'birds/b.md'), join(root, 'birds/e.md'));
	await editor.seen({ removed: ['birds/b.md'], made: ['birds/e.md'] });
	await server.untilFound('stork', ['birds/e.md']);
	expect((await server.ready()).index).toMatchObject({ notes: 3, embedded: 3 });
});

test('of a removed folder the notes are gone, those below it too', async () => {
	const { root, server, editor } = await openVault();
	rmSync(join(root, 'birds'), { recursive: true });
	await editor.seen({ removed: ['birds'] });
	await server.untilFound('stork ibis', []);
	expect((await server.ready()).index).toMatchObject({ notes: 1, chunks: 1 });
});

test('a folder whose name begins with that of a removed one stays', async () => {
	const { root, server, editor } = await openVault();
	writeNote(root, 'birds too/d.md', 'Fourth: bittern.\n');
	await editor.seen({ made: ['birds too/d.md'] });
	await server.untilFound('bittern', ['birds too/d.md']);
	rmSync(join(root, 'birds'), { recursive: true });
	await editor.seen({ removed: ['birds'] });
	await server.untilFound('stork ibis', []);
	expect(await server.findWords('bittern')).toEqual(['birds too/d.md']);
});

test('files that are no notes, are ignored by git or lie elsewhere change nothing', async () => {
	const { root, server, editor } = await openVault();
	writeNote(root, '.gitignore', 'private/\n');
	writeNote(root, 'private/secret.md', 'Hidden: bittern.\n');
	writeNote(root, 'node_modules/pack/README.md', 'Hidden: bittern.\n');
	writeNote(root, 'picture.png', 'Hidden: bittern.\n');
	writeNote(root, 'z.md', 'Last: puffin.\n');
	await editor.seen({
		made: ['private/secret.md', 'node_modules/pack/README.md', 'picture.png', '../elsewhere.md', 'z.md'],
		removed: ['never/was.md', 'nor/this'],
	});
	await server.untilFound('puffin', ['z.md']);
	expect(await server.findWords('bittern')).toEqual([]);
	expect((await server.ready()).index.notes).toBe(4);
});

test('many changes at once are all followed', async () => {
	const { root, server, editor } = await openVault();
	const made = Array.from({ length: 120 }, (_, at) => `many/${at}.md`);
	for (const path of made) writeNote(root, path, `One of many puffins, ${path}.\n`);
	await editor.seen({ made });
	const status = await server.until(({ index }) => index.notes === 123);
	expect(status.index.skipped).toBe(0);
	expect((await server.ready()).index.embedded).toBe(123);
});
