import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Ledger } from '../../server/src/protocol/ledger.ts';
import { Editor } from '../support/editor.ts';
import { type LanguageServer, type ServerOptions, startServer } from '../support/languageServer.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

const notes = {
	'a.md': 'First: heron.\n',
	'birds/b.md': 'Second: heron. See [[a]].\n',
	'birds/c.md': 'Third: heron.\n',
};
const all = Object.keys(notes);

async function open(options: ServerOptions = {}, files: Record<string, string> = notes) {
	const root = tempFolder(files);
	const server = await startServer(root, options);
	await server.ready();
	return { root, server, editor: new Editor(server, root) };
}

async function excludedBy(server: LanguageServer): Promise<readonly string[]> {
	const { excluded } = await server.ask(Ledger, {});
	return excluded.map(({ by, notes, folders }) => `${by} (${notes} notes, ${folders} folders)`);
}

test('what the editor excludes from its own views and search is no note', async () => {
	const { server } = await open({ exclude: ['a.md'], searchExclude: ['**/c.md'] });
	expect(await server.findWords('heron')).toEqual(['birds/b.md']);
	expect(await excludedBy(server)).toEqual([
		'files.exclude: a.md (1 notes, 0 folders)',
		'search.exclude: **/c.md (1 notes, 0 folders)',
	]);
});

test('a setting that changes applies at once, both ways, and nothing else is read or embedded again', async () => {
	const { server, editor } = await open();
	const { entries } = await server.ask(Ledger, { path: 'a.md' });
	await editor.changeSettings({ exclude: ['birds'] });
	await server.untilFound('heron', ['a.md']);
	await editor.changeSettings({ exclude: [], searchExclude: ['**/b.md'] });
	await server.untilFound('heron', ['a.md', 'birds/c.md']);
	await editor.changeSettings({ searchExclude: [] });
	await server.untilFound('heron', all);
	expect((await server.ready()).index).toMatchObject({ notes: 3, embedded: 3 });
	const after = await server.ask(Ledger, { path: 'a.md' });
	expect(after.entries[0]!.readAtMs).toBe(entries[0]!.readAtMs);
});

test('a .gitignore that is written, changed or removed applies at once', async () => {
	const { root, server, editor } = await open();
	writeNote(root, 'birds/.gitignore', 'b.md\n');
	await editor.seen({ made: ['birds/.gitignore'] });
	await server.untilFound('heron', ['a.md', 'birds/c.md']);
	expect(await excludedBy(server)).toEqual(['birds/.gitignore:1: b.md (1 notes, 0 folders)']);
	writeNote(root, 'birds/.gitignore', '*\n!b.md\n');
	await editor.seen({ changed: ['birds/.gitignore'] });
	await server.untilFound('heron', ['a.md', 'birds/b.md']);
	rmSync(join(root, 'birds/.gitignore'));
	await editor.seen({ removed: ['birds/.gitignore'] });
	await server.untilFound('heron', all);
});

test('jarvis.search.exclude hides notes, and their links still count', async () => {
	const { server, editor } = await open();
	const links = (await server.status()).graph.links;
	await editor.changeSettings({ settings: { 'search.exclude': ['birds/**'] } });
	await server.untilFound('heron', ['a.md']);
	expect(await server.status()).toMatchObject({ index: { notes: 3 }, graph: { links } });
	expect(links).toBe(1);
});

test('a note renamed in case alone is one note, with the vector it had', async () => {
	const { root, server, editor } = await open();
	renameSync(join(root, 'a.md'), join(root, 'A.md'));
	await editor.seen({ made: ['A.md'], removed: ['a.md'] });
	await server.untilFound('first', ['A.md']);
	expect((await server.ready()).index).toMatchObject({ notes: 3, chunks: 3, embedded: 3 });
});

test('a name in the other Unicode form, on screen or in an event, is the note on disk', async () => {
	const [composed, decomposed] = ['caf\u00e9.md', 'cafe\u0301.md'];
	const { server, editor } = await open({}, { [decomposed]: 'A puffin.\n' });
	await editor.open(composed, 'A bittern.\n');
	await server.untilFound('bittern', [decomposed]);
	expect(await server.findWords('puffin')).toEqual([]);
	await editor.close(composed);
	await server.untilFound('puffin', [decomposed]);
	await editor.seen({ changed: [composed] });
	expect((await server.ready()).index).toMatchObject({ notes: 1, chunks: 1 });
});

test('a burst of 5,000 changes, as of a change of branch, is followed to the last note', async () => {
	const before = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`x/${at}.md`, '']));
	const { root, server, editor } = await open({}, { ...before, 'a.md': 'First: heron.\n' });
	const made: string[] = [];
	mkdirSync(join(root, 'y'));
	for (let at = 0; at < 4000; at++) {
		made.push(`y/${at}.md`);
		writeNote(root, made.at(-1)!, at === 3999 ? 'Last: ibis.\n' : '');
	}
	rmSync(join(root, 'x'), { recursive: true });
	// As an editor tells it: in pieces.
	for (let at = 0; at < made.length; at += 500) await editor.seen({ made: made.slice(at, at + 500) });
	await editor.seen({ removed: Object.keys(before) });
	await server.untilFound('ibis', ['y/3999.md']);
	expect((await server.ready()).index).toMatchObject({ notes: 4001, chunks: 2, skipped: 0 });
});
