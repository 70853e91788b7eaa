import { expect, test } from 'vitest';
import { MemoryEngine } from '../../support/memoryEngine.ts';

const notes = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`${at}.md`, `Note ${at} of herons`]));

test('a change of the settings makes a graph, which follows notes, and ends it, while the engine runs', async () => {
	const memory = new MemoryEngine(notes);
	const folder = await memory.open();
	await folder.indexer!.whenIdle();
	expect((await memory.engine.status()).index.vectorIndex).toMatchObject({ kind: 'exact', state: 'ready' });
	memory.change({ 'vectorIndex.kind': 'hnsw' });
	await folder.neighbours!.settle();
	const { index } = await memory.engine.status();
	expect(index.vectorIndex).toMatchObject({ kind: 'hnsw', state: 'ready', recall10: 1 });
	memory.notes.set('new.md', 'A stork');
	folder.indexer!.noteChanged(['new.md']);
	await folder.indexer!.whenIdle();
	expect(memory.neighbours.made[0]!.held.size).toBe(31);
	const { asked } = memory.neighbours.made[0]!;
	expect((await memory.search('A stork')).hits[0]!.path).toBe('new.md');
	expect(memory.neighbours.made[0]!.asked).toBe(asked + 1);
	memory.change({});
	await folder.neighbours!.settle();
	expect(memory.neighbours.made.map(({ isDisposed }) => isDisposed)).toEqual([true]);
	expect((await memory.search('A heron')).hits).not.toEqual([]);
});

test('a graph that does not run is a stated problem, and search goes on', async () => {
	const memory = new MemoryEngine(notes);
	memory.neighbours.problem = 'there is no library';
	memory.given = { 'vectorIndex.kind': 'hnsw' };
	const folder = await memory.open();
	await folder.indexer!.whenIdle();
	await folder.neighbours!.settle();
	const { health, problems } = await memory.engine.status();
	expect({ health, problems }).toEqual({
		health: 'degraded',
		problems: [expect.stringContaining('there is no library')],
	});
	expect((await memory.search('herons')).hits).not.toEqual([]);
});

test('when another model takes over, the graph is of its vectors', async () => {
	const memory = new MemoryEngine(notes);
	memory.given = { 'vectorIndex.kind': 'hnsw' };
	const folder = await memory.open();
	await folder.indexer!.whenIdle();
	await folder.neighbours!.settle();
	expect(memory.neighbours.made.at(-1)!.options.dimensions).toBe(8);
	memory.shelf.want = 'new';
	memory.engine.settingsChanged();
	while (folder.embedder?.model.id !== 'new') await folder.indexer!.whenIdle();
	await folder.neighbours!.settle();
	expect(memory.neighbours.made.at(-1)!.options.dimensions).toBe(16);
	expect(memory.neighbours.made.at(-1)!.held.size).toBe(30);
});
