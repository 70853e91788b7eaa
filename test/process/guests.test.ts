import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Control } from '../../server/src/protocol/control.ts';
import { Ledger } from '../../server/src/protocol/ledger.ts';
import { type Alert, AlertChanged } from '../../server/src/protocol/performance.ts';
import type { StatusResult } from '../../server/src/protocol/status.ts';
import { WhyNotFound, type WhyNotFoundResult } from '../../server/src/protocol/whyNotFound.ts';
import { jarvis, jarvisJson, startJarvis } from '../support/cli.ts';
import { Editor } from '../support/editor.ts';
import { startServer, uriOf } from '../support/languageServer.ts';
import { patience } from '../support/patience.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

const vault = {
	'.gitignore': 'out/\n',
	'a.md': '# Heron\n\nA heron on the lake.\n',
	'b.md': '# Pike\n\nA pike below it.\n',
	'latin.md': Buffer.from('Gr\xfcn', 'latin1'),
	'out/c.md': 'A heron.\n',
};

test('a second window, which knows the folder by another path, has the ledger, the reasons and the orders', async () => {
	const root = tempFolder(vault);
	const link = join(tempFolder(), basename(root));
	symlinkSync(root, link);
	const indexDirectory = tempFolder();
	const leader = await startServer(root, { indexDirectory });
	await leader.ready();
	const guest = await startServer(link, { indexDirectory });
	expect((await guest.ready()).folders).toMatchObject([{ door: 'attached', leaderPid: leader.pid }]);

	const { entries, ...sums } = await leader.ask(Ledger, {});
	expect(entries).toHaveLength(3);
	const here = entries.map((entry) => ({ ...entry, uri: uriOf(link, entry.path) }));
	expect(await guest.ask(Ledger, {})).toEqual({ ...sums, entries: here });
	expect((await guest.ask(Ledger, { folder: uriOf(link), offset: 1, limit: 1 })).entries).toEqual([here[1]]);

	const why = (path: string) => guest.ask(WhyNotFound, { uri: uriOf(link, path), query: 'heron' });
	expect(await why('a.md')).toMatchObject({ note: 'a.md', state: 'shown', rank: 1 });
	expect(await why('out/c.md')).toMatchObject({
		state: 'excluded',
		reasons: [{ at: { kind: 'file', uri: uriOf(link, '.gitignore'), line: 1 } }],
	});

	writeNote(root, 'd.md', 'A bittern that no event told of.\n');
	await guest.ask(Control, { action: 'rescan' });
	await leader.untilFound('bittern', ['d.md']);
	await guest.ask(Control, { action: 'freeMemory' });

	// Else the vector of that note would be given up too.
	await guest.ready();
	await guest.ask(Control, { action: 'pause' });
	writeNote(root, 'e.md', 'An ibis.\n');
	await guest.ask(Control, { action: 'rescan' });
	await guest.ask(Control, { action: 'cancel' });
	await guest.ask(Control, { action: 'resume' });
	await guest.ready();
	expect(await leader.findWords('ibis')).toEqual([]);
	writeNote(root, '.gitignore', 'a.md\n');
	await new Editor(guest, link).seen({ changed: ['.gitignore'] });
	await guest.untilFound('heron', ['out/c.md']);
	expect({ told: guest.told, complaints: guest.complaints }).toEqual({ told: [], complaints: [] });
});

test('an alert of the process that leads is told in every window', async () => {
	const root = tempFolder(vault);
	const indexDirectory = tempFolder();
	const settings = { 'performance.sampleSeconds': 0.5 };
	const leader = await startServer(root, { indexDirectory, settings });
	await leader.ready();
	const guest = await startServer(root, { indexDirectory, settings });
	await guest.ready();
	const alerts: Alert[] = [];
	guest.connection.onNotification(AlertChanged.method, (alert: Alert) => void alerts.push(alert));
	const kept = { ...settings, 'index.directory': indexDirectory };
	await new Editor(leader, root).changeSettings({ settings: { ...kept, 'alerts.memoryPercent': 1 } });
	await expect.poll(() => alerts, patience).toMatchObject([{ kind: 'memory', isActive: true, threshold: 1 }]);
	await new Editor(leader, root).changeSettings({ settings: { ...kept, 'alerts.memoryPercent': 100 } });
	await expect.poll(() => alerts.at(-1), patience).toMatchObject({ kind: 'memory', isActive: false });
	expect(alerts).toHaveLength(2);
});

test('the files of two folders led by two windows are one list in a third', async () => {
	const birds = tempFolder({ 'b.md': 'A heron.\n', 'd.md': 'A stork.\n' });
	const fish = tempFolder({ 'a.md': 'A roach.\n', 'c.md': 'A pike.\n' });
	const indexDirectory = tempFolder();
	for (const root of [birds, fish]) await (await startServer(root, { indexDirectory })).ready();
	const third = await startServer([birds, fish], { indexDirectory });
	await third.ready();
	const pathsOf = async (page: object) => (await third.ask(Ledger, page)).entries.map(({ path }) => path);
	expect(await third.ask(Ledger, {})).toMatchObject({ total: 4, counts: { indexed: 4 } });
	expect(await pathsOf({})).toEqual(['a.md', 'b.md', 'c.md', 'd.md']);
	expect(await pathsOf({ offset: 1, limit: 2 })).toEqual(['b.md', 'c.md']);
	expect(await pathsOf({ folder: uriOf(fish) })).toEqual(['a.md', 'c.md']);
	const why = await third.ask(WhyNotFound, { uri: uriOf(fish, 'c.md'), query: 'pike' });
	expect(why).toMatchObject({ note: 'c.md', state: 'shown' });
});

test('a note open before its folder came, in a window that is a guest there, counts as it is on screen', async () => {
	const root = tempFolder(vault);
	const indexDirectory = tempFolder();
	const leader = await startServer(root, { indexDirectory });
	await leader.ready();
	const guest = await startServer(tempFolder(), { indexDirectory });
	const editor = new Editor(guest, root);
	await editor.open('a.md', 'Nobody has saved the word cormorant.\n');
	await editor.changeFolders([root], []);
	await leader.untilFound('cormorant', ['a.md']);
	await guest.untilFound('cormorant', ['a.md']);
});

test('export, import, why, status and a batch work on a folder that a window has open', async () => {
	const root = tempFolder(vault);
	const indexDirectory = tempFolder();
	const place = ['--index-dir', indexDirectory];
	const leader = await startServer(root, { indexDirectory });
	await leader.ready();

	const cwd = tempFolder();
	const exported = await jarvisJson(['export', root, 'out.parquet', ...place], { cwd });
	expect(exported).toMatchObject({ file: 'out.parquet', vectors: 2 });
	expect(existsSync(join(cwd, 'out.parquet'))).toBe(true);
	const imported = await jarvisJson(['import', root, 'out.parquet', ...place], { cwd });
	expect(imported).toEqual({ used: 0, known: 2, skipped: [] });
	expect(await jarvis(['import', root, 'none.parquet', ...place], { cwd })).toMatchObject({
		code: 1,
		stdout: '',
		stderr: expect.stringMatching(/^.*none\.parquet can't be read: ENOENT.*\n$/),
	});

	const why = ['why', root, 'b.md', 'pike', ...place];
	expect(await jarvisJson<WhyNotFoundResult>(why)).toMatchObject({ state: 'shown', rank: 1 });
	const { folders } = await jarvisJson<StatusResult>(['status', root, ...place]);
	expect(folders).toMatchObject([{ door: 'attached', index: { vectorIndex: { state: 'ready' } } }]);
	writeFileSync(join(cwd, 'q.jsonl'), '{"_id":"1","text":"heron"}\n');
	const batch = ['search', root, '--queries', 'q.jsonl', '--run', 'out.run', ...place];
	expect(await jarvisJson(batch, { cwd })).toMatchObject({ queries: 1 });
	expect(leader.complaints).toEqual([]);
});

test('--watch on a folder that a window has open tells that window what changes, and takes over from it', async () => {
	const root = tempFolder(vault);
	const indexDirectory = tempFolder();
	const leader = await startServer(root, { indexDirectory });
	await leader.ready();
	const { process: watching } = startJarvis(['index', root, '--watch', '--index-dir', indexDirectory]);
	onTestFinished(() => void watching.kill());
	let said = '';
	watching.stdout!.on('data', (text) => {
		said += String(text);
	});
	await expect.poll(() => said, patience).toContain('Watching ');
	writeNote(root, 'd.md', 'A bittern.\n');
	await leader.untilFound('bittern', ['d.md']);
	// The scan of a watcher that gets ready may read it before its event comes.
	await expect.poll(() => said, patience).toMatch(/ {2}1 read, 1 embedded/);
	writeNote(root, 'f.md', 'A dunlin.\n');
	await leader.untilFound('dunlin', ['f.md']);
	await expect.poll(() => said, patience).toMatch(/1 read, 1 embedded: (?:.*, )?f\.md\n/);

	await leader.kill();
	writeNote(root, 'e.md', 'An ibis.\n');
	await expect.poll(() => said, patience).toContain('e.md');
	const guest = await startServer(root, { indexDirectory });
	expect((await guest.ready()).folders).toMatchObject([{ door: 'attached', leaderPid: watching.pid }]);
	await guest.untilFound('ibis', ['e.md']);
});
