import { expect, test } from 'vitest';
import type { Folder } from '../../../server/src/services/folder/folder.ts';
import { MemoryEngine } from '../../support/memoryEngine.ts';
import { MemoryVectorCache } from '../../support/memoryVectorCache.ts';

const notes = { 'a.md': 'apples grow on trees', 'b.md': 'boats float on water', 'c.md': 'clocks tell time' };

async function openIdle(memory: MemoryEngine, name?: string): Promise<Folder> {
	const folder = await memory.open(name);
	await folder.indexer!.whenIdle();
	return folder;
}

test('a second folder with the same notes has the model read none of them', async () => {
	const memory = new MemoryEngine(notes, 'old', undefined, new MemoryVectorCache());
	expect((await openIdle(memory, 'one')).indexer!.counts).toMatchObject({ embedded: 3, reused: 0 });
	memory.notes.set('d.md', 'ducks dive');
	const second = await openIdle(memory, 'two');
	expect(second.indexer!.counts).toMatchObject({ embedded: 1, reused: 3 });
	expect(second.index.vectors.size).toBe(4);
	expect(memory.shelf.embedder('old').passages).toHaveLength(4);
	// Its own index has them too.
	expect((await second.store!.coverage()).get('old')).toBe(4);
});

test('a model that takes over reads nothing that it has read for another folder', async () => {
	const cache = new MemoryVectorCache();
	await openIdle(new MemoryEngine(notes, 'new', undefined, cache));
	const memory = new MemoryEngine(notes, 'old', undefined, cache);
	const folder = await openIdle(memory);
	memory.shelf.want = 'new';
	memory.engine.settingsChanged();
	await folder.indexer!.whenIdle();
	expect(folder.embedder?.model.id).toBe('new');
	expect(memory.shelf.embedder('new').passages).toEqual([]);
	expect(folder.indexer!.counts).toMatchObject({ embedded: 3, reused: 3 });
	expect(folder.index.vectors.size).toBe(3);
});

test('the vectors of an index outlive it when it is deleted', async () => {
	const cache = new MemoryVectorCache();
	const memory = new MemoryEngine(notes, 'old', undefined, cache);
	const folder = await openIdle(memory);
	cache.forget();
	await folder.delete();
	expect(cache.size).toBe(3);
});
