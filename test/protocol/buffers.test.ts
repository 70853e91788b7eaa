import { expect, test } from 'vitest';
import { Editor } from '../support/editor.ts';
import { startServer } from '../support/languageServer.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

async function openVault() {
	const root = tempFolder({ 'a.md': 'On disk: heron.\n', 'b.md': 'Another: stork.\n' });
	const server = await startServer(root);
	await server.ready();
	return { root, server, editor: new Editor(server, root) };
}

test('unsaved text is found, and the file’s is not while it is on screen', async () => {
	const { server, editor } = await openVault();
	await editor.open('a.md', 'On disk: heron.\n');
	await editor.change('a.md', 'Unsaved: kingfisher.\n');
	await server.untilFound('kingfisher', ['a.md']);
	await server.untilFound('heron', []);
	await server.ready();
	const { hits } = await server.search('a small blue bird that dives for fish', { mode: 'semantic' });
	expect(hits[0]).toMatchObject({ path: 'a.md', snippet: 'Unsaved: kingfisher.' });
});

test('the text on screen wins over a change of the file below it', async () => {
	const { root, server, editor } = await openVault();
	await editor.open('a.md', 'Unsaved: kingfisher.\n');
	await server.untilFound('kingfisher', ['a.md']);
	writeNote(root, 'a.md', 'Changed elsewhere: bittern.\n');
	writeNote(root, 'b.md', 'Changed elsewhere: ibis.\n');
	await editor.seen({ changed: ['a.md', 'b.md'] });
	await server.untilFound('ibis', ['b.md']);
	expect(await server.findWords('kingfisher')).toEqual(['a.md']);
	expect(await server.findWords('bittern')).toEqual([]);
});

test('closing without saving goes back to the file', async () => {
	const { server, editor } = await openVault();
	await editor.open('a.md', 'Unsaved: kingfisher.\n');
	await server.untilFound('kingfisher', ['a.md']);
	await editor.close('a.md');
	await server.untilFound('heron', ['a.md']);
	expect(await server.findWords('kingfisher')).toEqual([]);
});

test('closing after saving keeps what was saved', async () => {
	const { root, server, editor } = await openVault();
	await editor.open('a.md', 'Saved: kingfisher.\n');
	await server.untilFound('kingfisher', ['a.md']);
	writeNote(root, 'a.md', 'Saved: kingfisher.\n');
	await editor.seen({ changed: ['a.md'] });
	await editor.close('a.md');
	writeNote(root, 'b.md', 'Then: ibis.\n');
	await editor.seen({ changed: ['b.md'] });
	await server.untilFound('ibis', ['b.md']);
	expect(await server.findWords('kingfisher')).toEqual(['a.md']);
	expect((await server.ready()).index).toMatchObject({ notes: 2, chunks: 2, embedded: 2 });
});

test('typing fast ends in the last text', async () => {
	const { server, editor } = await openVault();
	await editor.open('a.md', 'k');
	const word = 'kingfisher';
	for (let length = 1; length <= word.length; length++) await editor.change('a.md', word.slice(0, length));
	await server.untilFound(word, ['a.md']);
	expect((await server.ready()).index.chunks).toBe(2);
});

test('a document outside every folder changes nothing', async () => {
	const { server } = await openVault();
	const elsewhere = new Editor(server, tempFolder());
	await elsewhere.open('x.md', 'Elsewhere: kingfisher.\n');
	await elsewhere.seen({ made: ['x.md'] });
	await elsewhere.close('x.md');
	expect(await server.findWords('kingfisher')).toEqual([]);
	expect((await server.status()).index.notes).toBe(2);
});

test('a note in an untitled editor, or one not on disk, is not indexed', async () => {
	const { root, server, editor } = await openVault();
	await editor.open('new.md', 'Not saved yet: kingfisher.\n');
	await editor.open('a.md', 'Unsaved: bittern.\n');
	await server.untilFound('bittern', ['a.md']);
	expect(await server.findWords('kingfisher')).toEqual([]);
	writeNote(root, 'new.md', 'Not saved yet: kingfisher.\n');
	await editor.seen({ made: ['new.md'] });
	await server.untilFound('kingfisher', ['new.md']);
});
