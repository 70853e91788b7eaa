import { expect, onTestFinished, test, vi } from 'vitest';
import { checkBlocksAtRest } from '../../../server/src/services/folder/blockCheck.ts';
import { MemoryEngine } from '../../support/memoryEngine.ts';
import { MemoryStore } from '../../support/memoryStore.ts';
import { MemoryVectorCache } from '../../support/memoryVectorCache.ts';

const notes = { 'a.md': 'apples grow on trees', 'b.md': 'boats float on water', 'c.md': 'clocks tell time' };

async function openIdle() {
	const memory = new MemoryEngine(notes, 'old', undefined, new MemoryVectorCache());
	const told: string[] = [];
	memory.engine.onTold(({ message }) => told.push(message));
	const folder = await memory.open();
	await folder.whenIdle();
	return { memory, folder, told };
}

const paths = async (memory: MemoryEngine, query: string) =>
	(await memory.search(query)).hits.map(({ path }) => path);

test('a damaged index is set aside and built from the notes and the shared vectors, said once', async () => {
	const { memory, folder, told } = await openIdle();
	const before = memory.shelf.embedder('old').passages.length;
	const { store } = folder;
	memory.breakStore('damaged');
	memory.breakStore('damaged');
	await folder.whenIdle();
	expect(folder.store).not.toBe(store);
	expect(told).toEqual(['vault was damaged']);
	expect(folder.index.noteCount).toBe(3);
	expect(folder.indexer!.counts).toMatchObject({ read: 3, embedded: 0, reused: 3 });
	expect(memory.shelf.embedder('old').passages).toHaveLength(before);
	expect(await paths(memory, 'boats')).toContain('b.md');
	expect((await memory.engine.status()).problems).toEqual([]);
});

test('an index whose file was lost is opened anew, and follows changes as before', async () => {
	const { memory, folder, told } = await openIdle();
	memory.breakStore('lost');
	await folder.whenIdle();
	expect(folder.indexer!.counts).toMatchObject({ read: 0 });
	memory.notes.set('d.md', 'ducks dive');
	folder.indexer!.noteChanged(['d.md']);
	await folder.whenIdle();
	expect(await paths(memory, 'ducks')).toContain('d.md');
	expect(told).toEqual([]);
});

test('a fault of an index that is closed by now changes nothing', async () => {
	const { memory, folder } = await openIdle();
	await folder.close();
	memory.breakStore('damaged');
	await expect(folder.whenIdle()).rejects.toThrow();
	expect(folder.store).toBeUndefined();
});

test('faults in a row give the disk a rest, the status a reason, and the index another try', async () => {
	const { memory, folder } = await openIdle();
	memory.breakStore('lost');
	await folder.whenIdle();
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	onTestFinished(() => void vi.useRealTimers());
	memory.breakStore('lost');
	await expect(folder.whenIdle()).rejects.toThrow('its disk failed');
	const status = await memory.engine.status();
	expect(status.index.state).toBe('off');
	expect(status.problems).toEqual(['its disk failed']);
	// Words are found in memory all the while.
	expect(folder.index.noteCount).toBe(3);
	await vi.advanceTimersByTimeAsync(30_000);
	vi.useRealTimers();
	await folder.whenIdle();
	expect((await memory.engine.status()).problems).toEqual([]);
});

test('an index at rest is looked through again and again, until it is closed', async () => {
	const { folder } = await openIdle();
	const abort = new AbortController();
	let checks = 0;
	const store = Object.assign(new MemoryStore(), {
		check: async () => {
			if (++checks === 3) abort.abort();
		},
	});
	await checkBlocksAtRest(store, folder.indexer!, { now: () => 0 }, { restMs: 1, everyMs: 1 }, abort.signal);
	expect(checks).toBe(3);
});

test('an index at rest keeps the newest vectors of texts that are gone, and lets go of the others', async () => {
	const { folder } = await openIdle();
	const store = new MemoryStore();
	const names = Array.from({ length: 10_002 }, (_, at) => `text ${at}`);
	await store.putVectors('old', new Map(names.map((name) => [name, Float32Array.of(1)])));
	const abort = new AbortController();
	const prune = store.pruneVectors.bind(store);
	store.pruneVectors = async (keep) => {
		abort.abort();
		return prune(keep);
	};
	await checkBlocksAtRest(store, folder.indexer!, { now: () => 0 }, { restMs: 1, everyMs: 1 }, abort.signal);
	expect(await store.vectors('old', names)).toHaveProperty('size', 10_000);
	expect(await store.vectors('old', ['text 0', 'text 1'])).toHaveProperty('size', 0);
});

test('an index that was closed while it was opened anew stays closed', async () => {
	const { memory, folder } = await openIdle();
	memory.breakStore('lost');
	await folder.whenIdle();
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	onTestFinished(() => void vi.useRealTimers());
	// Too soon after the first: it is tried later, and by then nobody wants it.
	memory.breakStore('lost');
	const closed = folder.close();
	await closed;
	await vi.advanceTimersByTimeAsync(120_000);
	expect(folder.store).toBeUndefined();
});

test('two who open an index at once open it once', async () => {
	const { folder } = await openIdle();
	await folder.close();
	await Promise.all([folder.open(), folder.open()]);
	const { store } = folder;
	await folder.open();
	expect(store).toBeDefined();
	expect(folder.store).toBe(store);
});

test('an index that could not be opened can be opened later, and is followed then', async () => {
	const memory = new MemoryEngine(notes);
	memory.openProblem = new Error('held by process 7');
	await expect(memory.open()).rejects.toThrow('held by process 7');
	const [folder] = memory.engine.folders();
	await expect(memory.engine.reopen(folder!, { follow: true })).rejects.toThrow('held by process 7');
	expect(folder!.couldNotOpen).toBe(true);
	memory.openProblem = undefined;
	await memory.engine.reopen(folder!, { follow: true });
	await folder!.whenIdle();
	expect([folder!.couldNotOpen, folder!.index.noteCount]).toEqual([false, 3]);
});

test('an index that could not be opened, and was deleted since, is off by the user’s wish', async () => {
	const memory = new MemoryEngine(notes);
	memory.openProblem = new Error('held by process 7');
	await expect(memory.open()).rejects.toThrow('held by process 7');
	const [folder] = memory.engine.folders();
	await folder!.delete();
	expect(folder!.couldNotOpen).toBe(false);
});
