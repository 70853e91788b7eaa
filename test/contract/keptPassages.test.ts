import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import { PartsFile } from '../../server/src/adapters/files/partsFile.ts';
import type { KeptFile } from '../../server/src/ports/keptParts.ts';
import { type IndexStore, passagesPerStamp } from '../../server/src/ports/store.ts';
import { FolderIndex } from '../../server/src/services/folder/folderIndex.ts';
import { keepPassages } from '../../server/src/services/folder/keepPassages.ts';
import { MemoryKeptFile } from '../support/memoryKeptFile.ts';
import { MemoryStore } from '../support/memoryStore.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { tempFolder } from '../support/tempFolder.ts';

/** So far apart that a few passages are of several groups. */
const step = passagesPerStamp / 4;
const words = ['ash', 'kiln', 'glaze', 'clay', 'wheel', 'slip', 'über', '陶器'];

describe.each([
	['MemoryStore', async (): Promise<IndexStore> => new MemoryStore()],
	['DuckdbStore', openDuckdb],
])('%s', (_name, openStore) => {
	test('what was kept is there again, and nothing is read for it', async () => {
		const { store, index, kept } = await filled(await openStore());
		await keepPassages(index, store, kept);
		const terms = vi.spyOn(store, 'passageTerms');
		const again = await load(store, kept);
		expect(terms.mock.calls.map(([, groups]) => groups)).toEqual([[]]);
		expect(answersOf(again)).toEqual(answersOf(await load(store)));
		expect(again.keptPassagesVersion).toBe(again.version);
	});

	test('only the groups that changed are read again', async () => {
		const { store, index, kept } = await filled(await openStore());
		await keepPassages(index, store, kept);
		await change(store, index, note(2, [30], 'wheel wheel slip'));
		await store.write({ put: [], touch: [], remove: [7] });
		const terms = vi.spyOn(store, 'passageTerms');
		const again = await load(store, kept);
		const read = terms.mock.calls.flatMap(([, groups]) => groups!.toSorted());
		expect(read).toEqual([0, 1, 7]);
		expect(answersOf(again)).toEqual(answersOf(await load(store)));
		expect(again.keptPassagesVersion).toBeUndefined();
	});
});

test('after any history an index of what was kept at some time answers as one made afresh', async () => {
	const event = fc.oneof(
		fc.record({ id: fc.integer({ min: 1, max: 6 }), words: fc.array(fc.constantFrom(...words)) }),
		fc.record({ gone: fc.integer({ min: 1, max: 6 }) }),
		fc.constant('keep' as const),
		fc.constant('reopen' as const),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(event, { maxLength: 25 }), async (events) => {
			const [store, kept] = [new MemoryStore(), new MemoryKeptFile()];
			let index = await load(store);
			for (const each of events) {
				if (each === 'keep') await keepPassages(index, store, kept);
				else if (each === 'reopen') index = await load(store, kept);
				else if ('gone' in each) {
					await store.write({ put: [], touch: [], remove: [each.gone] });
					index.apply({ put: [], touch: [], remove: [each.gone] });
				} else {
					// Ids go up and up, a group every few notes.
					const id = index.takePassageId() + step;
					await change(store, index, note(each.id, [id / step, id / step + 0.5], each.words.join(' ')));
				}
			}
			const fresh = answersOf(await load(store));
			expect(answersOf(await load(store, kept))).toEqual(fresh);
			expect(answersOf(index)).toEqual(fresh);
		}),
		{ numRuns: 150 },
	);
});

test('an index made anew under the same ids does not take what was kept of the old one', async () => {
	const { store, index, kept } = await filled(new MemoryStore());
	await keepPassages(index, store, kept);
	const anew = new MemoryStore();
	const made = await load(anew);
	for (let id = 1; id <= 8; id++) await change(anew, made, note(id, [id], 'other words'));
	expect(answersOf(await load(anew, kept))).toEqual(answersOf(await load(anew)));
});

test('what the store has, and memory has not yet, is not kept as if it had', async () => {
	const { store, index, kept } = await filled(new MemoryStore());
	await store.write({ put: [note(99, [40], 'slip')], touch: [], remove: [] });
	await keepPassages(index, store, kept);
	expect(kept.bytes).toBe(0);
});

test('drafts are not kept, nor is what changes meanwhile, nor what is kept already', async () => {
	const { store, index, kept } = await filled(new MemoryStore());
	index.applyDrafts({ put: [note(99, [40], 'slip')], touch: [], remove: [] });
	await keepPassages(index, store, kept);
	expect(kept.bytes).toBe(0);
	index.apply({ put: [], touch: [], remove: [99] });
	const keeping = keepPassages(index, store, kept);
	index.apply({ put: [], touch: [], remove: [1] });
	await keeping;
	expect(kept.bytes).toBe(0);
	await store.write({ put: [], touch: [], remove: [1] });
	const write = vi.spyOn(kept, 'write');
	for (let times = 0; times < 2; times++) await keepPassages(index, store, kept);
	expect(write).toHaveBeenCalledTimes(1);
});

test('a folder that closes is not kept, and a store that fails leaves nothing open', async () => {
	const { store, index, kept } = await filled(new MemoryStore());
	await keepPassages(index, store, kept, AbortSignal.abort());
	expect(kept.bytes).toBe(0);
	await keepPassages(index, store, kept);
	const parts = (await kept.open())!;
	const close = vi.spyOn(parts, 'close');
	vi.spyOn(kept, 'open').mockResolvedValue(parts);
	vi.spyOn(store, 'passageStamps').mockRejectedValue(new Error('the disk is gone'));
	await expect(load(store, kept)).rejects.toThrow('the disk is gone');
	expect(close).toHaveBeenCalledTimes(1);
});

test('damage in any part is passed over', async () => {
	const path = join(tempFolder(), 'passages.bin');
	const { store, index } = await filled(new MemoryStore());
	await keepPassages(index, store, new PartsFile(path, 1));
	const whole = readFileSync(path);
	const fresh = answersOf(await load(store));
	for (let at = 0; at < whole.length; at += 61) {
		const bytes = Uint8Array.from(whole);
		bytes[at]! ^= 0x44;
		writeFileSync(path, bytes);
		expect(answersOf(await load(store, new PartsFile(path, 1))), `byte ${at}`).toEqual(fresh);
	}
});

async function filled(store: IndexStore) {
	const kept = new MemoryKeptFile();
	const index = await load(store);
	for (let id = 1; id <= 24; id++)
		await change(
			store,
			index,
			note(id, [id], `${words[id % words.length]} ash ${words[(id * 3) % words.length]}`),
		);
	return { store, index, kept };
}

async function change(store: IndexStore, index: FolderIndex, put: ReturnType<typeof note>): Promise<void> {
	await store.write({ put: [put], touch: [], remove: [] });
	index.apply({ put: [put], touch: [], remove: [] });
}

async function load(store: IndexStore, kept?: KeptFile): Promise<FolderIndex> {
	const index = new FolderIndex();
	await index.load(store, 'some-model', kept);
	return index;
}

/** All that is asked of what is made of passages. */
function answersOf(index: FolderIndex) {
	const stats = index.keyword.stats(words);
	const ids = [...index.passageIds()].sort((a, b) => a - b);
	const scores = index.keyword.score(words, stats);
	return {
		...{ stats, ids, size: index.passageCount },
		scores: ids.map((id) => scores.get(id)),
		places: ids.map((id) => index.passage(id)),
		repeated: [...index.boilerplate.ids].sort((a, b) => a - b),
		byNote: [...index.notes()].map(({ id }) => [id, index.passagesOf(id)] as const).sort(([a], [b]) => a - b),
		known: words.filter((word) => stats.frequencies[words.indexOf(word)]! > 0 && !index.vocabulary.has(word)),
		next: index.takePassageId() >= (ids.at(-1) ?? 0) + 1,
	};
}

/** Passages at the given steps of ids, all with the same words. */
function note(id: number, steps: readonly number[], text: string) {
	const counted = new Map<string, number>();
	for (const word of text.split(' ').filter((each) => each !== ''))
		counted.set(word, (counted.get(word) ?? 0) + 1);
	return {
		note: {
			...{ id, hash: text, chunker: 1, skipped: undefined, title: `note ${id}`, indexedAtMs: 5 },
			...{ aliases: [], tags: [], problems: [], links: [], stamp: { path: `${id}.md`, size: 1, mtimeMs: 1 } },
		},
		passages: steps.map((at) => ({
			...{
				id: Math.floor(at * step),
				heading: '',
				text,
				startLine: 1,
				endLine: 1 + id,
				textHash: `hash of ${text}`,
			},
			...{ terms: [...counted.keys()], counts: Uint16Array.from(counted.values()) },
		})),
	};
}

async function openDuckdb(): Promise<IndexStore> {
	const database = await Database.open({ threads: 1, memoryLimitMb: 64 }, silentLogger);
	const store = new DuckdbStore(await database.attach(join(tempFolder(), 'index.duckdb')));
	onTestFinished(async () => {
		await store.close();
		database.close();
	});
	return store;
}
