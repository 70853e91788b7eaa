import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Control } from '../../server/src/protocol/control.ts';
import { Ledger } from '../../server/src/protocol/ledger.ts';
import { WhyNotFound } from '../../server/src/protocol/whyNotFound.ts';
import { Editor } from '../support/editor.ts';
import { startServer, uriOf } from '../support/languageServer.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

const notes = { 'a.md': 'First: heron.\n', 'b.md': 'Second: stork.\n' };

test('every file is listed with its state, passages and the time that reading took', async () => {
	const root = tempFolder({ ...notes, 'latin.md': Buffer.from('Gr\xfcn', 'latin1') });
	const server = await startServer(root);
	await server.ready();
	const { total, counts, entries } = await server.ask(Ledger, {});
	expect({ total, counts }).toEqual({ total: 3, counts: { indexed: 2, pending: 0, skipped: 1, failed: 0 } });
	const [a, , latin] = entries;
	expect(a).toMatchObject({ uri: uriOf(root, 'a.md'), state: 'indexed', passages: 1, embedded: 1 });
	expect(a!.tookMs).toBeGreaterThan(0);
	expect(a!.readAtMs).toBeGreaterThan(Date.now() - 600_000);
	expect(latin).toMatchObject({ path: 'latin.md', state: 'skipped', reason: 'not UTF-8 text', passages: 0 });
});

test('what is told survives a restart', async () => {
	const root = tempFolder({ ...notes, 'latin.md': Buffer.from('Gr\xfcn', 'latin1') });
	const indexDirectory = tempFolder();
	const first = await startServer(root, { indexDirectory });
	await first.ready();
	const before = await first.ask(Ledger, {});
	await first.stop();
	const second = await startServer(root, { indexDirectory });
	await second.ready();
	const after = await second.ask(Ledger, {});
	expect(after.entries).toEqual(before.entries.map(({ tookMs: _tookMs, ...entry }) => entry));
});

test('a paused index tells what waits', async () => {
	const root = tempFolder(notes);
	const server = await startServer(root);
	await server.ready();
	await server.ask(Control, { action: 'pause' });
	writeNote(root, 'a.md', 'First: ibis.\n');
	writeNote(root, 'c.md', 'Third: ibis.\n');
	await new Editor(server, root).seen({ changed: ['a.md'], made: ['c.md'] });
	await server.until(({ index }) => index.pendingNotes === 2);
	const { counts, entries } = await server.ask(Ledger, { states: ['pending'] });
	expect(counts).toEqual({ indexed: 1, pending: 2, skipped: 0, failed: 0 });
	expect(entries.map(({ path, reason }) => [path, reason])).toEqual([
		['a.md', 'has changed and waits to be read again'],
		['c.md', 'waits to be read'],
	]);
	const why = await server.ask(WhyNotFound, { uri: uriOf(root, 'c.md'), query: 'ibis' });
	expect(why).toMatchObject({ note: 'c.md', state: 'pending' });
	expect(why.reasons.map(({ text }) => text)).toEqual(['The note waits to be read.', 'Indexing is paused.']);
});

test('a rescan repairs what no event told of', async () => {
	const root = tempFolder({ ...notes, 'c.md': 'Third: ibis.\n' });
	const server = await startServer(root);
	await server.ready();
	writeNote(root, 'a.md', 'First: bittern.\n');
	renameSync(join(root, 'b.md'), join(root, 'moved.md'));
	rmSync(join(root, 'c.md'));
	await server.ask(Control, { action: 'rescan' });
	await server.untilFound('bittern', ['a.md']);
	await server.untilFound('stork', ['moved.md']);
	await server.untilFound('ibis', []);
	expect((await server.ready()).index).toMatchObject({ notes: 2, embedded: 2 });
});

test('a folder that vanishes empties no index, and is followed again when it is back', async () => {
	const root = tempFolder(notes);
	const server = await startServer(root);
	await server.ready();
	const away = `${root}-away`;
	renameSync(root, away);
	const editor = new Editor(server, root);
	await editor.seen({ removed: ['a.md', 'b.md'] });
	await server.until(({ problems }) =>
		problems.some((problem) => problem.includes("can't be read (ENOENT)")),
	);
	expect(await server.findWords('heron')).toEqual(['a.md']);
	renameSync(away, root);
	writeNote(root, 'b.md', 'Second: ibis.\n');
	await server.ask(Control, { action: 'rescan' });
	await server.untilFound('ibis', ['b.md']);
	expect(await server.ready()).toMatchObject({ health: 'healthy', index: { notes: 2 } });
});

test('why a note is not found is answered for notes of any folder, and of none', async () => {
	const root = tempFolder({ ...notes, 'node_modules/x/c.md': 'Third: ibis.\n' });
	const server = await startServer(root);
	await server.ready();
	const why = (path: string, query: string) => server.ask(WhyNotFound, { uri: uriOf(root, path), query });
	expect(await why('a.md', 'heron')).toMatchObject({ state: 'shown', rank: 1 });
	expect(await why('node_modules/x/c.md', 'ibis')).toMatchObject({ state: 'excluded' });
	expect(await why('../elsewhere.md', 'ibis')).toMatchObject({ state: 'outside' });
	expect(await why('a.md', '')).toMatchObject({ note: 'a.md', state: 'unmatched' });
});
