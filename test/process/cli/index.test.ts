import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type IndexSummary, jarvis, jarvisJson, startJarvis } from '../../support/cli.ts';
import { findIndexFile, readIndexFile } from '../../support/indexFile.ts';
import { manyNotes } from '../../support/manyNotes.ts';
import { patience } from '../../support/patience.ts';
import { embedderOf, untilGone } from '../../support/processes.ts';
import { tempFolder, writeNote } from '../../support/tempFolder.ts';

test('a second run does only what changed', async () => {
	const root = tempFolder({ 'a.md': 'A heron.\n', 'b.md': 'A stork.\n', 'c.md': 'An ibis.\n' });
	const index = ['index', root, '--index-dir', tempFolder()];
	expect(await jarvisJson(index)).toMatchObject({ notes: 3, embedded: 3, reused: 0, removed: 0 });
	expect(await jarvisJson(index)).toMatchObject({ notes: 3, embedded: 0, reused: 0, removed: 0 });
	writeNote(root, 'a.md', 'A bittern.\n');
	writeNote(root, 'moved/b.md', 'A stork.\n');
	rmSync(join(root, 'b.md'));
	rmSync(join(root, 'c.md'));
	writeNote(root, 'd.md', Buffer.from('Gr\xfcn', 'latin1'));
	expect(await jarvisJson(index)).toMatchObject({
		...{ notes: 2, chunks: 2, embedded: 1, reused: 1, removed: 2 },
		failed: [{ path: 'd.md', reason: 'not UTF-8 text' }],
	});
	writeNote(root, 'a.md', 'A heron.\n');
	expect(await jarvisJson(index)).toMatchObject({ embedded: 0, reused: 1 });
});

test('what is made of passages is kept for the next opening, which does without it where it is damaged', async () => {
	const root = tempFolder(manyNotes(30));
	const indexDirectory = tempFolder();
	const common = ['--index-dir', indexDirectory, '--quiet'];
	const search = async () => (await jarvisJson<{ hits: [] }>(['search', root, 'heron', ...common])).hits;
	await jarvisJson(['index', root, ...common]);
	const kept = join(dirname(findIndexFile(indexDirectory)!), 'passages.bin');
	const bytes = readFileSync(kept);
	const hits = await search();
	expect(hits.length).toBeGreaterThan(0);
	writeFileSync(
		kept,
		bytes.map((byte, at) => (at % 7 === 0 ? byte ^ 1 : byte)),
	);
	expect(await search()).toEqual(hits);
	await jarvisJson(['index', root, ...common]);
	expect(readFileSync(kept).equals(bytes)).toBe(true);
});

test('names with spaces, umlauts and signs of all kinds are found as they are', async () => {
	const parent = tempFolder();
	const names = [
		'Grünkohl & Pinkel.md',
		"it's 100 % [done] (really)#1.md",
		'ünter/наблюдение 日本.md',
		'🏺.md',
	];
	for (const name of names) writeNote(parent, `My Notes (ä) ' "/${name}`, 'A heron.\n');
	const root = join(parent, `My Notes (ä) ' "`);
	const common = ['--index-dir', join(parent, "an index's ö place"), '--quiet'];
	const { hits } = await jarvisJson<{ hits: { path: string }[] }>(['search', root, 'heron', ...common]);
	expect(hits.map(({ path }) => path).toSorted()).toEqual(names.toSorted());
	for (const name of names) {
		const { note, related } = await jarvisJson<{ note: string; related: [] }>([
			'related',
			root,
			name,
			...common,
		]);
		expect({ note, count: related.length }).toEqual({ note: name, count: names.length - 1 });
	}
});

test.each([
	['opens the index', 0],
	['reads notes', 1],
	['embeds', 100_000],
])('Ctrl-C while it %s ends with 1 and a line, and keeps what was done', async (_what, walBytes) => {
	const root = tempFolder(manyNotes(150));
	const indexDirectory = tempFolder();
	const index = ['index', root, '--index-dir', indexDirectory];
	const { process: cli, result } = startJarvis([...index, '--quiet']);
	const model = await embedderOf(cli.pid!);
	await expect
		.poll(() => walBytesBelow(indexDirectory), { ...patience, interval: 5 })
		.toBeGreaterThanOrEqual(walBytes);
	// As a terminal sends it: to the whole group.
	process.kill(-cli.pid!, 'SIGINT');
	const { code, stdout, stderr } = await result;
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toBe('jarvis: Stopped. What was indexed is kept; the next run goes on from there.\n');
	await untilGone(model);
	const file = findIndexFile(indexDirectory);
	const kept = file === undefined ? 0 : (await readIndexFile(file)).vectors;
	expect(kept).toBeLessThan(150);
	expect(await jarvisJson<IndexSummary>(index)).toMatchObject({ notes: 150, embedded: 150 - kept });
});

test('Ctrl-C ends --watch well', async () => {
	const root = tempFolder({ 'a.md': 'A heron.\n' });
	const { process: cli, result } = startJarvis(['index', root, '--index-dir', tempFolder(), '--watch']);
	await new Promise((resolve) => cli.stdout!.once('data', resolve));
	process.kill(-cli.pid!, 'SIGINT');
	const { code, stderr } = await result;
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test.each([
	['cut short', (bytes: Buffer) => bytes.subarray(0, 5000)],
	['no database', () => Buffer.from('# Just a note\n')],
])('an index that is %s is set aside, told of once, and built again', async (_what, damage) => {
	const root = tempFolder({ 'a.md': 'A heron.\n', 'b.md': 'A stork.\n' });
	const indexDirectory = tempFolder();
	const index = ['index', root, '--index-dir', indexDirectory];
	await jarvisJson(index);
	const file = findIndexFile(indexDirectory)!;
	writeFileSync(file, damage(readFileSync(file)));

	const { code, stdout, stderr } = await jarvis([...index, '--json', '--quiet']);
	expect(code).toBe(0);
	expect(stderr).toMatch(
		/^The index of .+ was damaged and is being built again .+ kept as .+\.damaged-\d+\.\n$/,
	);
	expect(JSON.parse(stdout)).toMatchObject({ notes: 2, embedded: 2, failed: [] });
	expect(readdirSync(dirname(file)).filter((name) => name.includes('damaged'))).toHaveLength(1);

	const again = await jarvis([...index, '--json']);
	expect(again.stderr).toBe('');
	expect(JSON.parse(again.stdout)).toMatchObject({ embedded: 0 });
});

/** Bytes committed so far of the index below `directory`, which is open. */
function walBytesBelow(directory: string): number {
	const file = findIndexFile(directory);
	return file === undefined ? 0 : (statSync(`${file}.wal`, { throwIfNoEntry: false })?.size ?? 0);
}
