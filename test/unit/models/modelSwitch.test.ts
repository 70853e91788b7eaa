import { expect, test } from 'vitest';
import { readDraft } from '../../../server/src/adapters/reader/readNote.ts';
import { ModelSwitch } from '../../../server/src/services/embedding/modelSwitch.ts';
import type { Folder } from '../../../server/src/services/folder/folder.ts';
import { FolderIndex } from '../../../server/src/services/folder/folderIndex.ts';
import { ChangeBuilder } from '../../../server/src/services/indexing/changeBuilder.ts';
import { MemoryEngine } from '../../support/memoryEngine.ts';
import { MemoryStore } from '../../support/memoryStore.ts';
import { noVectorCache } from '../../support/noVectorCache.ts';
import { silentLogger } from '../../support/silentLogger.ts';

const notes = { 'a.md': 'apples grow on trees', 'b.md': 'boats float on water', 'c.md': 'clocks tell time' };

async function openIdle(memory: MemoryEngine, name?: string): Promise<Folder> {
	const folder = await memory.open(name);
	await folder.indexer!.whenIdle();
	return folder;
}

function want(memory: MemoryEngine, name: string): void {
	memory.shelf.want = name;
	memory.engine.settingsChanged();
}

test('search goes on with the old vectors until the new ones stand, of whatever length', async () => {
	const memory = new MemoryEngine(notes);
	const folder = await openIdle(memory);
	const old = memory.shelf.embedder('old');
	const next = memory.shelf.embedder('new');
	const release = next.holdPassages();
	want(memory, 'new');
	const idle = folder.indexer!.whenIdle();
	expect((await memory.search('apples')).semanticOff).toBeUndefined();
	expect(old.queries).toEqual(['apples']);
	expect(next.queries).toEqual([]);
	expect((await memory.engine.status()).models).toEqual([
		{ id: 'old', use: 'answers', state: 'ready', processes: 0 },
		{ id: 'new', use: 'next', state: 'ready', processes: 0 },
	]);
	release();
	await idle;
	expect(folder.embedder).toBe(next);
	expect(next.passages).toHaveLength(3);
	expect((await memory.search('apples')).semanticOff).toBeUndefined();
	expect(next.queries).toEqual(['apples']);
	expect(old.isDisposed).toBe(true);
	expect((await memory.engine.status()).index).toMatchObject({ embedded: 3, state: 'ready' });
});

test('switching back embeds nothing', async () => {
	const memory = new MemoryEngine(notes);
	const folder = await openIdle(memory);
	want(memory, 'new');
	await folder.indexer!.whenIdle();
	want(memory, 'old');
	await folder.indexer!.whenIdle();
	expect(folder.embedder?.model.id).toBe('old');
	expect(memory.shelf.embedder('old').passages).toEqual([]);
	expect(folder.index.vectors.size).toBe(3);
});

test('a note that changes while the new model reads is found by both', async () => {
	const memory = new MemoryEngine(notes);
	const folder = await openIdle(memory);
	const next = memory.shelf.embedder('new');
	const release = next.holdPassages();
	want(memory, 'new');
	memory.notes.set('d.md', 'dogs bark at night');
	folder.indexer!.noteChanged(['d.md']);
	const idle = folder.indexer!.whenIdle();
	release();
	await idle;
	expect(memory.shelf.made[0]!.passages.some((text) => text.includes('dogs'))).toBe(true);
	expect(next.passages).toHaveLength(4);
	expect(folder.index.vectors.size).toBe(4);
});

test('a change of mind calls the new model off, and what it read is kept', async () => {
	const memory = new MemoryEngine(notes);
	const folder = await openIdle(memory);
	const release = memory.shelf.embedder('new').holdPassages();
	want(memory, 'new');
	want(memory, 'old');
	release();
	await folder.indexer!.whenIdle();
	expect(folder.embedder?.model.id).toBe('old');
	expect(folder.indexer!.modelSwitch).toBeUndefined();
	expect((await memory.engine.status()).models).toHaveLength(1);
});

test('an index opened again answers with the model that has read it, until the wanted one has', async () => {
	const before = new MemoryEngine(notes);
	await openIdle(before);
	await before.engine.dispose();
	const again = new MemoryEngine(notes, 'new', before);
	const release = again.shelf.embedder('new').holdPassages();
	const folder = await again.open();
	expect(folder.embedder?.model.id).toBe('old');
	expect((await again.search('apples')).semanticOff).toBeUndefined();
	release();
	await folder.indexer!.whenIdle();
	expect(folder.embedder?.model.id).toBe('new');
});

test('an empty index begins with the wanted model at once', async () => {
	const memory = new MemoryEngine(notes, 'new');
	await openIdle(memory);
	expect(memory.shelf.made.map(({ model }) => model.id)).toEqual(['new']);
});

test('all folders change over together', async () => {
	const memory = new MemoryEngine(notes);
	const first = await openIdle(memory, 'one');
	const second = await openIdle(memory, 'two');
	second.indexer!.pause();
	want(memory, 'new');
	await first.indexer!.whenIdle();
	expect(first.embedder?.model.id).toBe('old');
	second.indexer!.resume();
	await second.indexer!.whenIdle();
	await first.indexer!.whenIdle();
	expect([first.embedder?.model.id, second.embedder?.model.id]).toEqual(['new', 'new']);
});

test('a model that is not here is told of with the remedy, and changes nothing until it is fetched', async () => {
	const memory = new MemoryEngine(notes);
	const folder = await openIdle(memory);
	want(memory, 'far');
	await folder.indexer!.whenIdle();
	const status = await memory.engine.status();
	expect(status.problems).toEqual(['The model far is not on this machine.']);
	expect(status.health).toBe('degraded');
	expect((await memory.search('apples')).semanticOff).toBeUndefined();
	await memory.engine.fetchModel('far', () => {}, new AbortController().signal);
	await folder.indexer!.whenIdle();
	expect(folder.embedder?.model.id).toBe('far');
	expect((await memory.engine.status()).problems).toEqual([]);
});

test('what a model would cost is told from the pace of the one in use', async () => {
	const memory = new MemoryEngine(notes);
	await openIdle(memory);
	const { models, passages } = await memory.engine.models();
	expect(passages).toBe(3);
	expect(models.map(({ name, passagesAhead }) => [name, passagesAhead])).toEqual([
		['old', 0],
		['new', 3],
		['far', 3],
	]);
	const [, next, far] = models.map(({ seconds }) => seconds ?? Number.NaN);
	expect(far! / next!).toBeCloseTo(1.5);
});

test('drafts whose notes are not read yet hold no switch up', async () => {
	const store = new MemoryStore();
	const index = new FolderIndex({ id: 'old', dimensions: 2 });
	const stamp = { path: 'a.md', size: 1, mtimeMs: 1 };
	const builder = new ChangeBuilder(index, { now: () => 0 }, 'draft');
	builder.add(stamp, { kind: 'read', note: readDraft('a.md', 'A heron.', '') });
	index.applyDrafts(builder.build());
	const { shelf } = new MemoryEngine(notes);
	const next = new ModelSwitch(shelf.embedder('new'), {
		...{ store, index },
		vectorCache: noVectorCache,
		logger: silentLogger,
	});
	expect(index.passageCount).toBe(1);
	expect(await next.step(new AbortController().signal)).toEqual({ kind: 'done', texts: 0, reused: 0 });
});
