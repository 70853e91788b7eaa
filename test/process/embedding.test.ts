import { spawnSync } from 'node:child_process';
import { getPriority } from 'node:os';
import { expect, test } from 'vitest';
import { startServer } from '../support/languageServer.ts';
import { manyNotes } from '../support/manyNotes.ts';
import { patience } from '../support/patience.ts';
import { childrenOf, embedderOf } from '../support/processes.ts';
import { tempFolder } from '../support/tempFolder.ts';

const linuxOnly = process.platform === 'linux' ? test : test.skip;

test('as many processes as the setting says share the work, and the vectors are the same', async () => {
	const root = tempFolder(manyNotes(60));
	const alone = await startServer(root);
	await alone.ready();
	const expected = (await alone.search('a violin in the orchard', { mode: 'semantic' })).hits;
	const server = await startServer(root, { settings: { 'embedding.processes': 2 } });
	await expect.poll(() => childrenOf(server.pid).length, patience).toBe(2);
	expect((await server.ready()).models[0]).toMatchObject({ state: 'ready', device: 'cpu' });
	expect((await server.search('a violin in the orchard', { mode: 'semantic' })).hits).toEqual(expected);
});

linuxOnly('a model process gives way to everything else, unless it is not to', async () => {
	const low = await startServer(tempFolder({ 'a.md': 'A heron.\n' }));
	await low.ready();
	expect(getPriority(await embedderOf(low.pid))).toBe(10);
	const normal = await startServer(tempFolder({ 'a.md': 'A heron.\n' }), {
		settings: { 'embedding.priority': 'normal' },
	});
	await normal.ready();
	expect(getPriority(await embedderOf(normal.pid))).toBe(getPriority(normal.pid));
});

linuxOnly('a model process keeps to the processors that it is given', async () => {
	const server = await startServer(tempFolder({ 'a.md': 'A heron.\n' }), {
		settings: { 'embedding.cpuAffinity': '0' },
	});
	await server.ready();
	const model = await embedderOf(server.pid);
	const { stdout } = spawnSync('taskset', ['-a', '-c', '-p', String(model)], { encoding: 'utf8' });
	expect(new Set([...stdout.matchAll(/: (\S+)$/gm)].map((match) => match[1]))).toEqual(new Set(['0']));
});

test('what of the processor or the card can’t be had is told once, and vectors are made all the same', async () => {
	const server = await startServer(tempFolder(manyNotes(40)), {
		settings: { 'embedding.device': 'dml', 'embedding.cpuAffinity': 'some', 'embedding.processes': 2 },
	});
	expect((await server.ready()).models[0]).toMatchObject({ state: 'ready', device: 'cpu' });
	expect(server.told.map(({ message }) => message).toSorted()).toEqual([
		expect.stringContaining('jarvis.embedding.cpuAffinity has no effect here'),
		expect.stringContaining('jarvis.embedding.device “dml” does not work here'),
	]);
});

test('texts of one length may be read together', async () => {
	const server = await startServer(tempFolder(manyNotes(60)), { settings: { 'embedding.batchSize': '16' } });
	expect((await server.ready()).index.embedded).toBe(60);
	const { hits } = await server.search('a violin in the orchard', { mode: 'semantic' });
	expect(hits).toHaveLength(10);
});
