import { expect, test } from 'vitest';
import { MemoryEngine } from '../../support/memoryEngine.ts';

const notes = { 'a.md': 'apples grow on trees', 'b.md': 'boats float on water' };

async function openIdle(given: Readonly<Record<string, unknown>> = {}) {
	const memory = new MemoryEngine(notes);
	memory.given = given;
	const folder = await memory.open();
	await folder.indexer!.whenIdle();
	const caches = async () => (await memory.engine.status()).caches;
	return { memory, folder, caches };
}

test('the same question is answered from the cache, with the time that took', async () => {
	const { memory, caches } = await openIdle();
	const first = await memory.search('apples');
	const second = await memory.search('apples');
	expect(second.hits).toEqual(first.hits);
	expect(Object.keys(second.stages)).toEqual(['cache']);
	expect((await caches()).queries).toMatchObject({ hits: 1, misses: 1, hitRate: 0.5, size: 1, limit: 256 });
	expect(memory.shelf.embedder('old').queries).toEqual(['apples']);
});

test('another page or mode is another question', async () => {
	const { memory, caches } = await openIdle();
	const { signal } = new AbortController();
	await memory.search('apples');
	await memory.engine.answers.search({ query: 'apples', offset: 1 }, signal);
	await memory.engine.answers.search({ query: 'apples', mode: 'keyword' }, signal);
	expect((await caches()).queries).toMatchObject({ hits: 0, misses: 3 });
});

test('a changed note empties the answers, and keeps the vectors of questions', async () => {
	const { memory, folder, caches } = await openIdle();
	await memory.search('apples');
	memory.notes.set('c.md', 'apples in a cake');
	folder.indexer!.noteChanged(['c.md']);
	await folder.indexer!.whenIdle();
	expect((await memory.search('apples')).hits.map(({ path }) => path)).toContain('c.md');
	expect((await caches()).encodings).toMatchObject({ hits: 1, misses: 1 });
	expect(memory.shelf.embedder('old').queries).toEqual(['apples']);
});

test('a changed setting empties the answers', async () => {
	const { memory } = await openIdle();
	expect((await memory.search('apples')).hits).not.toEqual([]);
	memory.change({ 'search.exclude': ['**'] });
	expect((await memory.search('apples')).hits).toEqual([]);
});

test('another model empties the answers, and reads the question anew', async () => {
	const { memory, folder } = await openIdle();
	await memory.search('apples');
	memory.shelf.want = 'new';
	memory.engine.settingsChanged();
	await folder.indexer!.whenIdle();
	expect(Object.keys((await memory.search('apples')).stages)).not.toEqual(['cache']);
	expect(memory.shelf.embedder('new').queries).toEqual(['apples']);
});

test('an answer without the model is not kept', async () => {
	const memory = new MemoryEngine(notes);
	const release = memory.shelf.embedder('old').holdPassages();
	const folder = await memory.open();
	expect((await memory.search('apples')).semanticOff).toBe('no passage has a vector yet');
	expect((await memory.engine.status()).caches.queries.size).toBe(0);
	release();
	await folder.indexer!.whenIdle();
});

test('a size of 0 keeps nothing', async () => {
	const { memory, caches } = await openIdle({ 'cache.queries.size': 0, 'cache.encodings.size': 0 });
	await memory.search('apples');
	await memory.search('apples');
	expect(memory.shelf.embedder('old').queries).toEqual(['apples', 'apples']);
	expect(await caches()).toMatchObject({ queries: { hits: 0, limit: 0 }, encodings: { hits: 0, limit: 0 } });
});
