import type { ChildProcess } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { jarvisJson, startJarvis } from '../support/cli.ts';
import { manyNotes } from '../support/manyNotes.ts';
import { patience } from '../support/patience.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

interface Watching {
	readonly root: string;
	/** What it printed so far. */
	readonly output: () => string;
	/** Waits for a line that is like `line`. */
	readonly until: (line: RegExp) => Promise<void>;
	/** Ends it as Ctrl-C does, and returns the notes found by a word. */
	readonly stopAndFind: (word: string) => Promise<readonly string[]>;
}

async function watch(files: Readonly<Record<string, string>>): Promise<Watching> {
	const root = tempFolder(files);
	const indexDirectory = tempFolder();
	const { process: cli, result } = startJarvis(['index', root, '--index-dir', indexDirectory, '--watch']);
	onTestFinished(() => end(cli));
	let output = '';
	cli.stdout!.on('data', (text) => {
		output += String(text);
	});
	const until = (line: RegExp) => expect.poll(() => output, patience).toMatch(line);
	await until(/^Watching /m);
	return {
		root,
		output: () => output,
		until,
		stopAndFind: async (word) => {
			process.kill(-cli.pid!, 'SIGINT');
			expect((await result).code).toBe(0);
			const search = ['search', root, word, '--mode', 'keyword', '--index-dir', indexDirectory];
			const { hits } = await jarvisJson<{ hits: { path: string }[] }>(search);
			return hits.map(({ path }) => path).toSorted();
		},
	};
}

function end(cli: ChildProcess): void {
	if (cli.exitCode === null && cli.signalCode === null) process.kill(-cli.pid!, 'SIGKILL');
}

test('--watch follows notes that are made, changed, renamed and removed, and says what it did', async () => {
	const { root, until, stopAndFind } = await watch({
		'a.md': 'A heron.\n',
		'b.md': 'A stork.\n',
		'c.md': 'A crane.\n',
	});
	writeNote(root, 'deep/er/new.md', 'An ibis, new.\n');
	await until(/\d\d:\d\d:\d\d {2}1 read, 1 embedded(?:: deep\/er\/new\.md)?\n/);
	writeNote(root, 'a.md', 'An ibis now.\n');
	// A scan may have read the note before its event came: the next line names it too.
	await until(/1 read, 1 embedded: (?:.*, )?a\.md(?:, .*)?\n/);
	renameSync(join(root, 'b.md'), join(root, 'moved.md'));
	await until(/1 reused: .*moved\.md/);
	rmSync(join(root, 'c.md'));
	await until(/ {2}1 removed: (?:.*, )?c\.md(?:, .*)?\n/);
	writeNote(root, 'picture.png', 'An ibis.\n');
	expect(await stopAndFind('ibis stork crane')).toEqual(['a.md', 'deep/er/new.md', 'moved.md']);
});

test('--watch follows rules that exclude notes', async () => {
	const { root, until, stopAndFind } = await watch({ 'a.md': 'A heron.\n', 'out/b.md': 'A heron too.\n' });
	writeNote(root, '.gitignore', 'out/\n');
	await until(/ {2}1 removed\n/);
	expect(await stopAndFind('heron')).toEqual(['a.md']);
});

test('--watch takes many changes at once as one', async () => {
	const { root, output, until, stopAndFind } = await watch({ 'a.md': 'A heron.\n' });
	for (const [path, text] of Object.entries(manyNotes(300))) writeNote(root, path, text);
	writeNote(root, 'z.md', 'An ibis, last.\n');
	await expect.poll(() => readOf(output()), patience).toBe(301);
	await until(/ and \d+ more\n/);
	expect(await stopAndFind('ibis')).toEqual(['z.md']);
});

test('--watch outlives its folder, keeps the index, and goes on when the folder is back', async () => {
	const { root, until, stopAndFind } = await watch({ 'a.md': 'A heron.\n', 'b.md': 'A stork.\n' });
	const away = `${root}-away`;
	onTestFinished(() => rmSync(away, { recursive: true, force: true }));
	renameSync(root, away);
	await until(/is gone; waiting for it\. Its index is kept\.\n/);
	writeNote(away, 'b.md', 'An ibis instead.\n');
	renameSync(away, root);
	await until(/is back\.\n/);
	await until(/ {2}1 read, 1 embedded(?:: .*)?\n/);
	writeNote(root, 'c.md', 'An ibis, after.\n');
	await until(/1 read, 1 embedded: c\.md\n/);
	expect(await stopAndFind('ibis heron')).toEqual(['a.md', 'b.md', 'c.md']);
});

/** Notes read by all lines together. */
function readOf(output: string): number {
	return [...output.matchAll(/(\d+) read/g)].reduce((sum, [, count]) => sum + Number(count), 0);
}
