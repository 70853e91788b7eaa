import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { Graph } from '../../server/src/protocol/graph.ts';
import { type Alert, AlertChanged, Performance } from '../../server/src/protocol/performance.ts';
import { Search } from '../../server/src/protocol/search.ts';
import { startServer } from '../support/languageServer.ts';
import { patience } from '../support/patience.ts';
import { tempFolder } from '../support/tempFolder.ts';

const notes = { 'a.md': 'A heron.\n', 'b.md': 'A stork.\n' };

test('the monitor tells of memory, searches, indexing and health', async () => {
	const server = await startServer(tempFolder(notes), { settings: { 'performance.sampleSeconds': 0.5 } });
	await server.ready();
	await server.search('heron');
	const [folder] = (await server.status()).folders;
	await server.ask(Graph, { folder: folder!.uri, verb: 'hubs' });
	let seen = await server.ask(Performance, {});
	await expect
		.poll(async () => {
			seen = await server.ask(Performance, {});
			return seen.samples.reduce((sum, { search }) => sum + search.count, 0);
		}, patience)
		.toBe(1);
	const sum = (value: (sample: (typeof seen.samples)[number]) => number) =>
		seen.samples.reduce((total, sample) => total + value(sample), 0);
	expect(sum(({ graph }) => graph.count)).toBe(1);
	expect(seen.targets.find(({ name }) => name === 'graph')!.value).toBeGreaterThan(0);
	expect(sum(({ indexing }) => indexing.notes)).toBe(2);
	expect(sum(({ indexing }) => indexing.passages)).toBe(2);
	expect(sum(({ cpuPercent }) => cpuPercent)).toBeGreaterThan(0);
	const { memory, atMs } = seen.samples.at(-1)!;
	expect(memory.serverMb).toBeGreaterThan(30);
	expect(memory.modelsMb).toBeGreaterThan(30);
	expect(memory.heapMb).toBeGreaterThan(3);
	expect(memory.heapMb + memory.databaseMb).toBeLessThan(memory.serverMb * 2);
	expect(memory.databaseMb).toBeGreaterThan(0);
	expect(memory.indexesMb).toBeGreaterThan(0);
	expect(Math.abs(Date.now() - atMs)).toBeLessThan(60_000);
	expect(seen.slowest).toMatchObject([{ query: 'heron' }]);
	expect(Object.keys(seen.slowest[0]!.stages)).toContain('scan');
	expect(seen.health.map(({ part, health }) => `${part} ${health}`)).toEqual([
		...['index healthy', 'model healthy', 'graph healthy', 'neo4j unconfigured', 'disk healthy'],
	]);
	expect((await server.status()).parts).toEqual(seen.health);
	expect(seen.alerts).toEqual([]);
});

test('a small limit raises an alert, which the editor is told of', async () => {
	const server = await startServer(tempFolder(notes), {
		settings: { 'performance.sampleSeconds': 0.5, 'alerts.memoryPercent': 1 },
	});
	const alerts: Alert[] = [];
	server.connection.onNotification(AlertChanged.method, (alert: Alert) => void alerts.push(alert));
	await expect.poll(() => alerts, patience).toMatchObject([{ kind: 'memory', isActive: true, threshold: 1 }]);
	expect(alerts[0]!.value).toBeGreaterThan(1);
	const { alerts: active } = await server.ask(Performance, {});
	expect(active).toMatchObject([{ kind: 'memory', sinceMs: alerts[0]!.sinceMs }]);
});

test('each threshold, set low, is crossed by what it is of, and says what is done', async () => {
	const thresholds = { memoryPercent: 1, cpuPercent: 0.01, searchMs: 0.001, errorRate: 0.001 };
	const low = Object.entries(thresholds).map(([name, value]) => [`alerts.${name}`, value]);
	const server = await startServer(tempFolder(notes), {
		settings: { ...Object.fromEntries(low), 'performance.sampleSeconds': 0.5 },
	});
	const told = new Map<string, string>();
	server.connection.onNotification(AlertChanged.method, ({ kind, isActive, text }: Alert) => {
		if (isActive) told.set(kind, text);
	});
	await server.ready();
	for (let asked = 0; asked < 12; asked++) {
		await server.search(`question ${asked}`);
		// Nothing that the user could set right: a fault of whoever asks so.
		await expect(server.connection.sendRequest(Search.method, { query: null })).rejects.toThrow();
	}
	await expect.poll(() => [...told.keys()].sort(), patience).toEqual(['cpu', 'errors', 'memory', 'search']);
	expect(told.get('cpu')).toMatch(/jarvis\.alerts\.cpuPercent\)\. .*[Ii]ndexing/);
	expect(told.get('memory')).toMatch(/jarvis\.alerts\.memoryPercent\)\. \w+/);
	expect(told.get('search')).toContain('jarvis.alerts.searchMs');
	expect(told.get('errors')).toContain('jarvis.alerts.errorRate');
});

test('what was seen is there after the server was stopped, private and without what was asked', async () => {
	const root = tempFolder(notes);
	const options = { indexDirectory: tempFolder(), settings: { 'performance.sampleSeconds': 0.5 } };
	const before = await startServer(root, options);
	await before.ready();
	await before.search('a question of mine');
	await expect
		.poll(async () => (await before.ask(Performance, {})).samples.length, patience)
		.toBeGreaterThan(2);
	const { samples } = await before.ask(Performance, {});
	const { indexFile } = (await before.status()).folders[0]!;
	await before.stop();
	const file = join(dirname(indexFile), 'performance.jsonl');
	if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
	expect(readFileSync(file, 'utf8')).not.toContain('question of mine');
	const after = await startServer(root, options);
	await after.ready();
	await expect
		.poll(async () => (await after.ask(Performance, {})).samples.slice(0, samples.length), patience)
		.toEqual(samples);
});
