import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import type { IndexChange, StoredNote } from '../../server/src/ports/store.ts';
import { FolderIndex } from '../../server/src/services/folder/folderIndex.ts';
import { keepGraph } from '../../server/src/services/graph/keptGraph.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { tempFolder } from '../support/tempFolder.ts';

const { signal } = new AbortController();

test('a graph that was kept is there when the index is opened again, and follows what changes then', async () => {
	const { index, store } = await filled();
	await keepGraph(index, store);
	const again = await load(store);
	expect(again.graph.isMade).toBe(true);
	expect(await answersOf(again)).toEqual(await answersOf(index));
	for (const each of [index, again]) each.apply(put(note(2, 'b.md', 'c')));
	expect(await answersOf(again)).toEqual(await answersOf(index));
	expect((await answersOf(again)).b).toEqual(['note:c.md', 'tag:t']);
});

test('what nobody has asked for is not made to be kept', async () => {
	const { store } = await filled();
	await keepGraph(await load(store), store);
	expect(await store.graphImage()).toBeUndefined();
});

test.each<[string, IndexChange]>([
	['changes', put(note(1, 'a.md', 'c'))],
	['comes', put(note(9, 'z.md', 'a'))],
	['goes', { put: [], touch: [], remove: [3] }],
])('a note that %s takes the kept graph with it', async (_what, change) => {
	const { index, store } = await filled();
	await keepGraph(index, store);
	await store.write(change);
	expect(await store.graphImage()).toBeUndefined();
	index.apply(change);
	const again = await load(store);
	expect(again.graph.isMade).toBe(false);
	expect(await answersOf(again)).toEqual(await answersOf(index));
	// Kept anew, though a graph has been kept before.
	await keepGraph(index, store);
	expect((await load(store)).graph.isMade).toBe(true);
});

test('a file stamp that changes leaves the graph where it is', async () => {
	const { index, store } = await filled();
	await keepGraph(index, store);
	const stamp = { path: 'a.md', size: 7, mtimeMs: 7 };
	await store.write({ put: [], touch: [{ id: 1, stamp }], remove: [] });
	expect((await load(store)).graph.isMade).toBe(true);
});

test('a graph that lags behind the store is written and not believed', async () => {
	const { index, store } = await filled();
	await index.graph.current();
	// Committed, and not yet in memory.
	await store.write(put(note(1, 'a.md', 'c')));
	await keepGraph(index, store);
	expect(await store.graphImage()).toBeDefined();
	const again = await load(store);
	expect(again.graph.isMade).toBe(false);
	expect((await answersOf(again)).a).toEqual(['note:c.md', 'tag:t']);
});

test('a graph of drafts is not kept, nor one whose notes change while it is written', async () => {
	const { index, store } = await filled();
	index.applyDrafts(put(note(9, 'z.md', 'a')));
	await keepGraph(index, store);
	expect(await store.graphImage()).toBeUndefined();
	index.apply({ put: [], touch: [], remove: [9] });
	const keeping = keepGraph(index, store);
	index.apply(put(note(4, 'd.md', 'a')));
	await keeping;
	expect(await store.graphImage()).toBeUndefined();
});

test('damaged bytes are built anew', async () => {
	const { index, store } = await filled();
	await keepGraph(index, store);
	const image = (await store.graphImage())!;
	image[image.length >> 1]! ^= 1;
	await store.putGraphImage(image);
	const again = await load(store);
	expect(again.graph.isMade).toBe(false);
	expect(await answersOf(again)).toEqual(await answersOf(index));
});

test('an image of several megabytes is given back as it was', async () => {
	const { store } = await filled();
	const image = Uint8Array.from({ length: 3_000_001 }, (_, at) => (at * 31) ^ (at >> 9));
	await store.putGraphImage(image);
	await store.putGraphImage(image);
	expect(Buffer.compare((await store.graphImage())!, image)).toBe(0);
});

async function answersOf({ graph }: FolderIndex) {
	const current = await graph.current();
	const from = async (name: string) => {
		const walk = { from: `note:${name}.md`, direction: 'out', depth: 1, limit: 500 } as const;
		return (await current.neighbors(walk, signal)).map(({ id }) => id);
	};
	return { a: await from('a'), b: await from('b'), c: await from('c'), counts: await current.counts(signal) };
}

/** An index of three notes, and its graph made. */
async function filled() {
	const database = await Database.open({ threads: 1, memoryLimitMb: 64 }, silentLogger);
	const store = new DuckdbStore(await database.attach(join(tempFolder(), 'index.duckdb')));
	onTestFinished(async () => {
		await store.close();
		database.close();
	});
	const change = put(note(1, 'a.md', 'b'), note(2, 'b.md', 'gone'), note(3, 'c.md', 'a'));
	await store.write(change);
	const index = new FolderIndex();
	index.apply(change);
	await index.graph.current();
	return { index, store };
}

async function load(store: DuckdbStore): Promise<FolderIndex> {
	const index = new FolderIndex();
	await index.load(store, 'some-model');
	return index;
}

function put(...notes: readonly StoredNote[]): IndexChange {
	return { put: notes.map((each) => ({ note: each, passages: [] })), touch: [], remove: [] };
}

function note(id: number, path: string, target: string): StoredNote {
	return {
		...{ id, hash: `${path} ${target}`, chunker: 1, skipped: undefined, title: path, indexedAtMs: 5 },
		...{ aliases: [], tags: ['t'], problems: [], stamp: { path, size: 1, mtimeMs: 1 } },
		links: [{ kind: 'wiki', target, line: 1, start: 0, end: 1 }],
	};
}
