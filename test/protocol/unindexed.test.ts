import { expect, test } from 'vitest';
import { Ledger } from '../../server/src/protocol/ledger.ts';
import { Editor } from '../support/editor.ts';
import { folderOf, type LanguageServer, startServer, uriOf } from '../support/languageServer.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

const latin1 = Buffer.from('Ein Gr\xfcnkohl.\n', 'latin1');

test('notes that can’t be searched are listed, each with its reason', async () => {
	const root = tempFolder({
		'good.md': 'A heron.\n',
		'latin1.md': latin1,
		'huge.md': `# Huge\n\n${'heron '.repeat(900_000)}`,
		'binary.md': Buffer.from([0, 1, 2, 3]),
	});
	const server = await startServer(root);
	expect((await server.ready()).index).toMatchObject({ notes: 1, skipped: 3, chunks: 1 });
	expect(await unindexed(server)).toEqual([
		listed(root, 'binary.md', 'not UTF-8 text'),
		listed(root, 'huge.md', 'larger than 5 MB (5.1 MB)'),
		listed(root, 'latin1.md', 'not UTF-8 text'),
	]);
	expect(await server.findWords('heron')).toEqual(['good.md']);
});

test('a note that is put right is listed no more', async () => {
	const root = tempFolder({ 'a.md': latin1 });
	const server = await startServer(root);
	await server.until(({ index }) => index.skipped === 1);
	writeNote(root, 'a.md', 'Ein Grünkohl.\n');
	await new Editor(server, root).seen({ changed: ['a.md'] });
	await server.untilFound('Grünkohl', ['a.md']);
	expect(await unindexed(server)).toEqual([]);
});

test('a note without text, or with broken front matter, is no failure', async () => {
	const root = tempFolder({
		'empty.md': '',
		'broken.md': '---\ntags: [a, : {\n---\nA heron.\n',
		'bom.md': '\ufeffBom.\n',
	});
	const server = await startServer(root);
	expect((await server.ready()).index).toMatchObject({ notes: 3, skipped: 0 });
	expect(await unindexed(server)).toEqual([]);
	expect(await server.findWords('heron')).toEqual(['broken.md']);
});

async function unindexed(server: LanguageServer) {
	const { entries } = await server.ask(Ledger, { states: ['skipped', 'failed'] });
	return entries.map(({ uri, folder, path, reason }) => ({ uri, folder, path, reason }));
}

function listed(root: string, path: string, reason: string) {
	return { uri: uriOf(root, path), folder: folderOf(root).name, path, reason };
}
