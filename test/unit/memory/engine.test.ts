import { expect, test } from 'vitest';
import { MemoryEngine } from '../../support/memoryEngine.ts';

const notes = { 'a.md': 'apples grow on trees', 'b.md': 'boats float on water' };

async function openIdle() {
	const memory = new MemoryEngine(notes);
	const folder = await memory.open();
	await folder.indexer!.whenIdle();
	await memory.search('apples');
	return { memory, folder };
}

async function findWords({ engine }: MemoryEngine, query: string): Promise<readonly string[]> {
	const { hits } = await engine.answers.search({ query, mode: 'keyword' }, new AbortController().signal);
	return hits.map(({ path }) => path);
}

test('to free memory drops the caches, ends idle models and threads, and answers go on', async () => {
	const { memory } = await openIdle();
	expect((await memory.engine.status()).caches).toMatchObject({
		queries: { size: 1 },
		encodings: { size: 1 },
	});
	await memory.engine.control({ action: 'freeMemory' });
	expect((await memory.engine.status()).caches).toMatchObject({
		queries: { size: 0 },
		encodings: { size: 0 },
	});
	expect({ unloaded: memory.shelf.unloaded, ...memory.memory }).toMatchObject({
		...{ unloaded: 1, ended: 1, collected: 1 },
	});
	expect((await memory.search('apples')).semanticOff).toBeUndefined();
});

test('where memory does not suffice indexing stops with the reason, words are found, and it goes on by itself', async () => {
	const { memory, folder } = await openIdle();
	folder.indexer!.hold('Indexing waits for memory.');
	memory.notes.set('c.md', 'cherries ripen in june');
	folder.indexer!.noteChanged(['c.md']);
	await expect.poll(() => folder.indexer!.state).toBe('paused');
	const status = await memory.engine.status();
	expect(status).toMatchObject({ health: 'degraded', index: { state: 'paused', pendingNotes: 1 } });
	expect(status.problems).toEqual(['Indexing waits for memory.']);
	expect(await findWords(memory, 'water')).toEqual(['b.md']);
	folder.indexer!.hold(undefined);
	await folder.indexer!.whenIdle();
	expect(await findWords(memory, 'june')).toEqual(['c.md']);
	expect((await memory.engine.status()).health).toBe('healthy');
});

test('what is left to do is given up on cancel, found again by a rebuild, and changes are followed still', async () => {
	const memory = new MemoryEngine(notes);
	const release = memory.shelf.embedder('old').holdPassages();
	const folder = await memory.open();
	await expect.poll(() => folder.indexer!.state).toBe('embedding');
	await memory.engine.control({ action: 'pause' });
	release();
	await expect.poll(() => folder.indexer!.state).toBe('paused');
	memory.notes.set('c.md', 'cherries ripen in june');
	folder.indexer!.rescan();
	await memory.engine.control({ action: 'cancel' });
	await memory.engine.control({ action: 'resume' });
	await folder.indexer!.whenIdle();
	expect((await memory.engine.status()).index).toMatchObject({ notes: 2, pendingNotes: 0 });
	memory.notes.set('d.md', 'dates are sweet');
	folder.indexer!.noteChanged(['d.md']);
	await folder.indexer!.whenIdle();
	expect((await memory.engine.status()).index.notes).toBe(3);
	await memory.engine.control({ action: 'rebuild' });
	await folder.indexer!.whenIdle();
	expect((await memory.engine.status()).index).toMatchObject({ notes: 4, embedded: 4 });
});
