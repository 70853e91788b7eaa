import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Alert } from '../../../server/src/protocol/performance.ts';
import { MemoryEngine } from '../../support/memoryEngine.ts';
import { patience } from '../../support/patience.ts';

const notes = { 'a.md': 'apples grow on trees', 'b.md': 'boats float on water' };

async function open(given: Readonly<Record<string, unknown>> = {}) {
	const memory = new MemoryEngine(notes);
	memory.change({ 'performance.sampleSeconds': 0.5, ...given });
	const alerts: Alert[] = [];
	memory.engine.onAlert((alert) => alerts.push(alert));
	const folder = await memory.open();
	await folder.indexer!.whenIdle();
	return { memory, folder, alerts };
}

test('a first look is taken when asked, and has what was done so far', async () => {
	const { memory } = await open({ 'performance.sampleSeconds': 3600 });
	memory.memory.serverMb = 100;
	memory.memory.modelMb = 200;
	await memory.search('apples');
	await memory.search('apples');
	const seen = await memory.engine.performance({});
	expect(seen.samples).toHaveLength(1);
	expect(seen.samples[0]).toMatchObject({
		memory: { serverMb: 100, modelsMb: 200, heapMb: 30, externalMb: 5, databaseMb: 10 },
		eventLoop: { p99Ms: 1, maxMs: 2 },
		search: { count: 2 },
		indexing: { notes: 2, passages: 2 },
		cacheHitRates: { queries: 0.5 },
		errors: 0,
		requests: 2,
	});
	expect(seen.samples[0]!.memory.indexesMb).toBeGreaterThan(0);
	expect(seen.summary).toMatchObject({ samples: 1, average: { totalMb: 300 }, maximum: { totalMb: 300 } });
	expect(seen.slowest.map(({ query }) => query)).toEqual(['apples', 'apples']);
	expect(seen.targets.map(({ name }) => name)).toEqual(['search', 'indexing', 'memory', 'graph']);
	expect(seen.targets[2]).toMatchObject({ value: 300, target: 1024 });
	expect(seen.health.map(({ part }) => part)).toEqual(['index', 'model', 'graph', 'neo4j', 'disk']);
	const later = await memory.engine.performance({ sinceMs: seen.samples[0]!.atMs });
	expect(later.samples).toEqual([]);
});

test('a request that fails is counted, one that is taken back is not', async () => {
	const { memory } = await open({ 'performance.sampleSeconds': 3600 });
	const abort = new AbortController();
	abort.abort();
	await expect(memory.engine.answers.search({ query: 'x' }, abort.signal)).rejects.toThrow();
	await expect(
		memory.engine.answers.search({ query: undefined as unknown as string }, new AbortController().signal),
	).rejects.toThrow();
	await memory.search('apples');
	expect((await memory.engine.performance({})).samples[0]).toMatchObject({ errors: 1, requests: 2 });
});

test('memory above its threshold is given back, and told of', async () => {
	const { memory, alerts } = await open({ 'memory.limitMb': 1000 });
	memory.memory.serverMb = 820;
	await expect.poll(() => alerts, patience).toMatchObject([{ kind: 'memory', isActive: true, value: 82 }]);
	expect(memory.shelf.unloaded).toBeGreaterThan(0);
	expect((await memory.engine.performance({})).alerts).toEqual(alerts);
	memory.memory.serverMb = 100;
	await expect.poll(() => alerts.at(-1)?.isActive, patience).toBe(false);
});

test('a processor that is taken whole lets indexing rest, and says so', async () => {
	const { memory, folder, alerts } = await open();
	const timer = setInterval(() => {
		memory.gauges.cpu += 1000;
	}, 50);
	await expect.poll(() => alerts, patience).toMatchObject([{ kind: 'cpu', isActive: true }]);
	clearInterval(timer);
	expect(alerts[0]!.text).toContain('Indexing rests');
	memory.notes.set('c.md', 'cherries ripen in june');
	folder.indexer!.noteChanged(['c.md']);
	await expect.poll(() => folder.indexer!.state).toBe('paused');
	expect(folder.indexer!.pendingNotes).toBe(1);
});

test('an indexer that rests goes on by itself', async () => {
	const { memory, folder } = await open();
	folder.indexer!.rest(300);
	await expect.poll(() => folder.indexer!.state).toBe('paused');
	memory.notes.set('c.md', 'cherries ripen in june');
	folder.indexer!.noteChanged(['c.md']);
	await delay(50);
	expect(folder.indexer!.pendingNotes).toBe(1);
	await expect.poll(() => folder.indexer!.pendingNotes).toBe(0);
});

test('a search above a small threshold is told of, with no part in a failure', async () => {
	const { memory, alerts } = await open({ 'alerts.searchMs': 0.001 });
	await memory.search('apples');
	await expect
		.poll(() => alerts, patience)
		.toMatchObject([{ kind: 'search', isActive: true, threshold: 0.001 }]);
});

test('failures above a small share are told of', async () => {
	const { memory, alerts } = await open();
	for (let at = 0; at < 10; at++) await memory.search('apples');
	const signal = new AbortController().signal;
	await memory.engine.answers.search({ query: undefined as unknown as string }, signal).catch(() => {});
	await expect
		.poll(() => alerts, patience)
		.toMatchObject([{ kind: 'errors', isActive: true, threshold: 0.05 }]);
});
