import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Control } from '../../server/src/protocol/control.ts';
import { Related } from '../../server/src/protocol/related.ts';
import type { SearchResult } from '../../server/src/protocol/search.ts';
import { type IndexSummary, jarvis, jarvisJson, startJarvis } from '../support/cli.ts';
import { Editor } from '../support/editor.ts';
import { folderOf, startServer, uriOf } from '../support/languageServer.ts';
import { manyNotes } from '../support/manyNotes.ts';
import { patience } from '../support/patience.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

const vault = { 'a.md': '# Heron\n\nA heron on the lake.\n', 'b.md': '# Pike\n\nA pike below it.\n' };

async function pathsFound(root: string, place: readonly string[], query: string) {
	const search = ['search', root, query, '--mode', 'keyword', ...place];
	return (await jarvisJson<SearchResult>(search)).hits.map(({ path }) => path);
}

test('two commands at once index a folder once', async () => {
	const root = tempFolder(manyNotes(40));
	const indexDirectory = tempFolder();
	const index = ['index', root, '--index-dir', indexDirectory, '--quiet'];
	const summaries = await Promise.all([1, 2].map(() => jarvisJson<IndexSummary>(index)));
	for (const summary of summaries) expect(summary).toMatchObject({ notes: 40, chunks: 40, failed: [] });
	// One of them may have come when all was done.
	expect(Math.max(...summaries.map(({ embedded }) => embedded))).toBe(40);
	expect(await jarvisJson<IndexSummary>(index)).toMatchObject({ embedded: 0, reused: 0 });
	expect(readdirSync(indexDirectory).filter((name) => name.includes('leader'))).toEqual([]);
});

test('commands on a folder that a window has open see its live index, and work on it', async () => {
	const root = tempFolder(vault);
	const indexDirectory = tempFolder();
	const place = ['--index-dir', indexDirectory];
	const server = await startServer(root, { indexDirectory });
	await server.ready();
	const editor = new Editor(server, root);
	await editor.open('a.md', '# Heron\n\nNobody has saved the word cormorant.\n');
	await server.untilFound('cormorant', ['a.md']);
	expect(await pathsFound(root, place, 'cormorant')).toEqual(['a.md']);

	writeNote(root, 'c.md', 'A bittern in the reeds.\n');
	expect(await jarvisJson<IndexSummary>(['index', root, ...place])).toMatchObject({ notes: 3, embedded: 1 });
	expect(await server.findWords('bittern')).toEqual(['c.md']);
	expect(await jarvisJson(['status', root, ...place])).toMatchObject({
		health: 'healthy',
		index: { notes: 3 },
		folders: [{ door: 'attached', leaderPid: server.pid, name: folderOf(root).name }],
	});
	const { related } = await jarvisJson<{ related: readonly { path: string }[] }>([
		'related',
		root,
		'a.md',
		...place,
	]);
	expect(related.map(({ path }) => path).toSorted()).toEqual(['b.md', 'c.md']);
	expect((await jarvis(['related', root, 'none.md', ...place])).stderr).toContain(
		'none.md is not in the index',
	);
	expect(server.complaints).toEqual([]);
});

test('what is typed in a second window counts as long as that window is there', async () => {
	const root = tempFolder(vault);
	const indexDirectory = tempFolder();
	const first = await startServer(root, { indexDirectory });
	await first.ready();
	const second = await startServer(root, { indexDirectory });
	await second.ready();
	const editor = new Editor(second, root);
	const text = '# Heron\n\nA stork, and [[b]].\n';
	await editor.open('a.md', '# Heron\n');
	await editor.change('a.md', text);
	await first.untilFound('stork', ['a.md']);
	await second.untilFound('stork', ['a.md']);
	expect((await second.ask(Related, { uri: uriOf(root, 'a.md') })).related).toMatchObject([
		{ uri: uriOf(root, 'b.md'), path: 'b.md' },
	]);
	expect(JSON.stringify(await editor.hoverAt('a.md', text, 'b]]'))).toContain('Heron');
	await second.ask(Control, { action: 'pause' });
	await first.until(({ index }) => index.state === 'paused');
	await second.ask(Control, { action: 'resume' });
	await second.kill();
	await first.untilFound('stork', []);
	await first.untilFound('heron', ['a.md']);
});

test('a window whose leader is killed leads, answers what was asked meanwhile, and keeps what was typed', async () => {
	const root = tempFolder({ ...manyNotes(40), 'open.md': 'A heron.\n' });
	const indexDirectory = tempFolder();
	const first = await startServer(root, { indexDirectory });
	await first.ready();
	const second = await startServer(root, { indexDirectory });
	await second.ready();
	const { hits, coverage } = await second.search('note 7', { mode: 'keyword' });
	expect(hits.length).toBeGreaterThan(0);
	await new Editor(second, root).open('open.md', 'A cormorant.\n');
	await first.untilFound('cormorant', ['open.md']);

	const asked = Array.from({ length: 20 }, (_, at) => second.search(`note ${at}`, { mode: 'keyword' }));
	const hybrid = second.search('a note that many have');
	await first.kill();
	const late = second.search('note 8', { mode: 'keyword' });
	for (const answer of await Promise.all([...asked, hybrid, late])) {
		expect(answer.hits.length).toBeGreaterThan(0);
		expect(answer.coverage.notes).toBeGreaterThanOrEqual(coverage.notes);
	}
	const { folders } = await second.ready();
	expect(folders).toMatchObject([{ door: 'leads', leaderPid: second.pid, problems: [] }]);
	await second.untilFound('cormorant', ['open.md']);
	expect(await pathsFound(root, ['--index-dir', indexDirectory], 'cormorant')).toEqual(['open.md']);
	expect({ told: second.told, complaints: second.complaints }).toEqual({ told: [], complaints: [] });
});

test('a command whose leader is killed does the work itself', async () => {
	const notes = 120;
	const root = tempFolder(manyNotes(notes));
	const indexDirectory = tempFolder();
	const index = ['index', root, '--index-dir', indexDirectory, '--json', '--quiet'];
	const first = await startServer(root, { indexDirectory });
	await first.until((status) => status.index.embedded > 0);
	const { result } = startJarvis(index);
	await expect.poll(async () => (await first.status()).index.embedded, patience).toBeGreaterThan(16);
	await first.kill();
	const { code, stdout } = await result;
	expect(code).toBe(0);
	expect(JSON.parse(stdout)).toMatchObject({ notes, chunks: notes, failed: [] });
	expect(await jarvisJson<IndexSummary>(index.slice(0, 4))).toMatchObject({ notes, embedded: 0 });
});

test('a window that is closed hands the index over, mid-request if need be', async () => {
	const root = tempFolder(vault);
	const indexDirectory = tempFolder();
	const first = await startServer(root, { indexDirectory });
	await first.ready();
	const second = await startServer(root, { indexDirectory });
	await second.ready();
	const asked = Array.from({ length: 10 }, () => second.findWords('heron'));
	await first.stop();
	for (const paths of await Promise.all([...asked, second.findWords('heron')]))
		expect(paths).toEqual(['a.md']);
	expect((await second.ready()).folders).toMatchObject([{ door: 'leads' }]);
	expect(second.complaints).toEqual([]);
});

test('two folders led by two windows are searched by a third as one', async () => {
	const birds = tempFolder({ 'a.md': 'A heron on the lake.\n' });
	const fish = tempFolder({ 'b.md': 'A heron’s dinner: roach.\n' });
	const indexDirectory = tempFolder();
	for (const root of [birds, fish]) await (await startServer(root, { indexDirectory })).ready();
	const third = await startServer([birds, fish], { indexDirectory });
	const { index, folders } = await third.ready();
	expect(index.notes).toBe(2);
	expect(folders.map(({ door }) => door)).toEqual(['attached', 'attached']);
	const { hits, total } = await third.search('heron', { mode: 'keyword' });
	expect(total).toBe(2);
	expect(hits.map(({ uri }) => uri).toSorted()).toEqual(
		[uriOf(birds, 'a.md'), uriOf(fish, 'b.md')].toSorted(),
	);
	const second = await third.search('heron', { mode: 'keyword', limit: 1, offset: 1 });
	expect(second.hits).toEqual([hits[1]]);
});
