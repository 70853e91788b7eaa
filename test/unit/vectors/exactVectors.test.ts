import { expect, test, vi } from 'vitest';
import { visitVectors } from '../../../server/src/services/vectors/exactVectors.ts';
import { VectorIndex } from '../../../server/src/services/vectors/vectorIndex.ts';
import { MemoryEngine } from '../../support/memoryEngine.ts';
import { MemoryVectorCache } from '../../support/memoryVectorCache.ts';
import { MemoryVectorFile } from '../../support/memoryVectorFile.ts';

const notes = { 'a.md': 'apples grow on trees', 'b.md': 'boats float on water', 'c.md': 'clocks tell time' };

test('each vector comes from where it is nearest, and is kept at hand from then on', async () => {
	const file = new MemoryVectorFile();
	const vectors = new VectorIndex(2, undefined, file);
	for (const id of [1, 2, 3]) vectors.set(id, Float32Array.of(id, 0));
	file.add([{ id: 1, textHash: 'one', vector: Float32Array.of(1, 0) }]);
	vectors.exact.set(2, Float32Array.of(2, 0));
	const asked: (readonly number[])[] = [];
	const store = {
		vectorsOf: async (_modelId: string, ids: readonly number[]) => {
			asked.push(ids);
			return new Map(ids.map((id) => [id, Float32Array.of(id, 0)]));
		},
	};
	for (let round = 0; round < 2; round++) {
		const seen: (readonly [number, number])[] = [];
		await visitVectors(vectors, store, 'some', [1, 2, 3, 3, 9], (id, vector) => {
			seen.push([id, vector[0]!]);
		});
		expect(seen.sort()).toEqual([
			[1, 1],
			[2, 2],
			[3, 3],
		]);
	}
	expect(asked).toEqual([[3]]);
});

test.each([
	['related notes', { 'vectorIndex.kind': 'exact' }],
	['a graph of neighbours', { 'vectorIndex.kind': 'hnsw' }],
])('the store is asked for no vector that the file has: %s', async (_name, given) => {
	const cache = new MemoryVectorCache();
	const memory = new MemoryEngine(notes, 'old', undefined, cache);
	memory.vectorFiles = { open: () => new MemoryVectorFile() };
	const folder = await memory.open();
	await folder.indexer!.whenIdle();
	const ofStore = vi.spyOn(folder.store!, 'vectorsOf');
	// A graph is built from what is there.
	memory.change(given);
	await folder.neighbours!.settle();
	const signal = new AbortController().signal;
	const { related } = await memory.engine.answers.related({ uri: 'file:///vault/a.md' }, signal);
	expect(related.map(({ path }) => path).sort()).toEqual(['b.md', 'c.md']);
	expect(related.every(({ score }) => Number.isFinite(score))).toBe(true);
	for (const { held } of memory.neighbours.made) {
		expect([...held.values()].every((vector) => vector.every(Number.isFinite))).toBe(true);
		expect(held.size).toBe(3);
	}
	cache.forget();
	await folder.delete();
	expect(cache.size).toBe(3);
	expect(ofStore).not.toHaveBeenCalled();
});
