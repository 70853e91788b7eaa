import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import type { IndexStore, NewPassage, StoredNote } from '../../server/src/ports/store.ts';
import { MemoryStore } from '../support/memoryStore.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { tempFolder } from '../support/tempFolder.ts';

const model = 'some-model';
const nothing = { put: [], touch: [], remove: [] };

describe.each([
	['MemoryStore', async (): Promise<IndexStore> => new MemoryStore()],
	['DuckdbStore', openDuckdb],
])('%s', (_name, open) => {
	test('gives back the notes put into it', async () => {
		const store = await open();
		const notes = [
			makeNote(1, 'a.md'),
			{ ...makeNote(2, 'Ünïcode “b”.md'), skipped: 'not UTF-8 text', hash: '' },
		];
		await store.write({ ...nothing, put: notes.map((note) => ({ note, passages: [] })) });
		expect(await store.notes()).toEqual(notes);
	});

	test('a note put again replaces the old one and its passages', async () => {
		const store = await open();
		await store.write({
			...nothing,
			put: [{ note: makeNote(1, 'a.md'), passages: [makePassage(1), makePassage(2)] }],
		});
		const renamed = { ...makeNote(1, 'b.md'), title: 'Other' };
		await store.write({ ...nothing, put: [{ note: renamed, passages: [makePassage(3)] }] });
		expect(await store.notes()).toEqual([renamed]);
		expect((await store.passages([1, 2, 3])).map(({ id }) => id)).toEqual([3]);
	});

	test('removing a note removes its passages and no others', async () => {
		const store = await open();
		await store.write({
			...nothing,
			put: [
				{ note: makeNote(1, 'a.md'), passages: [makePassage(1)] },
				{ note: makeNote(2, 'b.md'), passages: [makePassage(2)] },
			],
		});
		await store.write({ ...nothing, remove: [1, 77] });
		expect((await store.notes()).map(({ id }) => id)).toEqual([2]);
		expect((await store.passages([1, 2])).map(({ id }) => id)).toEqual([2]);
	});

	test('a touched note keeps all but its stamp', async () => {
		const store = await open();
		const note = makeNote(1, 'a.md');
		await store.write({ ...nothing, put: [{ note, passages: [makePassage(1)] }] });
		const stamp = { path: 'a.md', size: 9, mtimeMs: 1_700_000_000_000.25 };
		await store.write({ ...nothing, touch: [{ id: 1, stamp }] });
		expect(await store.notes()).toEqual([{ ...note, stamp }]);
		expect(await store.passages([1])).toHaveLength(1);
	});

	test('terms come back with their counts, in order of id', async () => {
		const store = await open();
		const passages = [makePassage(5), { ...makePassage(2), terms: [], counts: new Uint16Array() }];
		await store.write({ ...nothing, put: [{ note: makeNote(1, 'a.md'), passages }] });
		const found: unknown[] = [];
		await store.passageTerms((batch) => found.push(...batch));
		expect(found).toEqual([
			{ id: 2, noteId: 1, textHash: 'hash2', startLine: 3, endLine: 4, terms: [], counts: new Uint16Array() },
			{
				id: 5,
				noteId: 1,
				textHash: 'hash5',
				startLine: 3,
				endLine: 4,
				terms: ['one', 'zwei', '三'],
				counts: new Uint16Array([1, 2, 65_535]),
			},
		]);
	});

	test('a vector belongs to a text and a model, whoever asks for it', async () => {
		const store = await open();
		const passages = [makePassage(1), { ...makePassage(2), textHash: 'hash1' }, makePassage(3)];
		await store.write({ ...nothing, put: [{ note: makeNote(1, 'a.md'), passages }] });
		const vector = Float32Array.of(0.25, -1, Math.fround(1 / 3));
		await store.putVectors(model, new Map([['hash1', vector]]));
		expect(await store.vectors(model, ['hash1', 'hash3'])).toEqual(new Map([['hash1', vector]]));
		expect(await store.vectors('other-model', ['hash1'])).toEqual(new Map());
		expect(await passageVectors(store)).toEqual(
			new Map([
				[1, vector],
				[2, vector],
			]),
		);
	});

	test('vectors are found by passage, before and after others come, and go with their passages', async () => {
		const store = await open();
		const passages = [makePassage(1), { ...makePassage(2), textHash: 'hash1' }, makePassage(3)];
		await store.write({ ...nothing, put: [{ note: makeNote(1, 'a.md'), passages }] });
		const one = Float32Array.of(0.25, -1);
		const three = Float32Array.of(3, 0.5);
		await store.putVectors(model, new Map([['hash1', one]]));
		const wanted = [3, 2, 1, 99];
		const sorted = async (name: string) =>
			[...(await store.vectorsOf(name, wanted))].sort(([a], [b]) => a - b);
		expect(await sorted(model)).toEqual([
			[1, one],
			[2, one],
		]);
		await store.putVectors(model, new Map([['hash3', three]]));
		await store.putVectors('other-model', new Map([['hash3', one]]));
		expect(await sorted(model)).toEqual([
			[1, one],
			[2, one],
			[3, three],
		]);
		expect(await sorted('other-model')).toEqual([[3, one]]);
		await store.write({ ...nothing, put: [{ note: makeNote(1, 'a.md'), passages: [makePassage(7)] }] });
		expect(await sorted(model)).toEqual([]);
		expect(await store.vectorsOf(model, [])).toEqual(new Map());
	});

	test('a vector put twice is kept once', async () => {
		const store = await open();
		await store.write({ ...nothing, put: [{ note: makeNote(1, 'a.md'), passages: [makePassage(1)] }] });
		await store.putVectors(model, new Map([['hash1', Float32Array.of(1)]]));
		await store.putVectors(model, new Map([['hash1', Float32Array.of(1)]]));
		let rows = 0;
		await store.passageVectors(model, (ids) => {
			rows += ids.length;
		});
		expect(rows).toBe(1);
	});

	test('vectors outlive their notes until they are pruned, the oldest first', async () => {
		const store = await open();
		for (const id of [1, 2, 3]) {
			await store.write({
				...nothing,
				put: [{ note: makeNote(id, `${id}.md`), passages: [makePassage(id)] }],
			});
			await store.putVectors(model, new Map([[`hash${id}`, Float32Array.of(id)]]));
		}
		await store.write({ ...nothing, remove: [1, 2] });
		expect((await store.vectors(model, ['hash1', 'hash2'])).size).toBe(2);
		expect(await store.pruneVectors(1)).toBe(1);
		expect([...(await store.vectors(model, ['hash1', 'hash2', 'hash3'])).keys()].sort()).toEqual([
			'hash2',
			'hash3',
		]);
	});

	test('vectors of another model stay as long as the passage does', async () => {
		const store = await open();
		await store.write({ ...nothing, put: [{ note: makeNote(1, 'a.md'), passages: [makePassage(1)] }] });
		await store.putVectors(model, new Map([['hash1', Float32Array.of(1)]]));
		await store.putVectors('other', new Map([['hash1', Float32Array.of(2, 3)]]));
		await store.putVectors('other', new Map([['gone', Float32Array.of(4, 5)]]));
		expect(await store.pruneVectors(0)).toBe(1);
		expect([...(await store.vectors(model, ['hash1'])).get('hash1')!]).toEqual([1]);
		expect([...(await store.vectors('other', ['hash1'])).get('hash1')!]).toEqual([2, 3]);
	});

	test('coverage counts the passages that each model has read', async () => {
		const store = await open();
		const put = [1, 2].map((id) => ({ note: makeNote(id, `${id}.md`), passages: [makePassage(id)] }));
		await store.write({ ...nothing, put });
		await store.putVectors(model, new Map([['hash1', Float32Array.of(1)]]));
		await store.putVectors('other', new Map([['hash1', Float32Array.of(1)]]));
		await store.putVectors('other', new Map([['hash2', Float32Array.of(1)]]));
		await store.putVectors('third', new Map([['gone', Float32Array.of(1)]]));
		expect([...(await store.coverage())].sort()).toEqual(
			[
				[model, 1],
				['other', 2],
			].sort(),
		);
	});

	test('many notes go in and come out whole', async () => {
		const store = await open();
		const put = Array.from({ length: 3000 }, (_, at) => ({
			note: makeNote(at + 1, `${at}.md`),
			passages: [makePassage(at + 1)],
		}));
		await store.write({ ...nothing, put });
		await store.putVectors(model, new Map(put.map((_, at) => [`hash${at + 1}`, Float32Array.of(at, -at)])));
		const vectors = await passageVectors(store);
		expect(vectors.size).toBe(3000);
		for (const [id, vector] of vectors) expect([...vector]).toEqual([id - 1, -(id - 1)]);
	});
});

async function openDuckdb(): Promise<IndexStore> {
	const database = await Database.open({ threads: 1, memoryLimitMb: 128 }, silentLogger);
	const store = new DuckdbStore(await database.attach(join(tempFolder(), 'index.duckdb')));
	onTestFinished(async () => {
		await store.close();
		database.close();
	});
	return store;
}

async function passageVectors(store: IndexStore): Promise<Map<number, Float32Array>> {
	const found = new Map<number, Float32Array>();
	await store.passageVectors(model, (ids, vectors) => {
		for (const [at, vector] of vectors.entries()) found.set(ids[at]!, vector);
	});
	return new Map([...found].sort(([a], [b]) => a - b));
}

function makeNote(id: number, path: string): StoredNote {
	return {
		id,
		stamp: { path, size: 12, mtimeMs: 34.5 },
		hash: `content${id}`,
		chunker: 1,
		skipped: undefined,
		title: `Title ${id}`,
		aliases: ['Alias'],
		tags: ['a/b'],
		links: [{ kind: 'wiki', target: 'x', alias: 'y', start: 0, end: 7, line: 1 }],
		problems: [{ line: 2, message: 'odd' }],
		indexedAtMs: 56,
	};
}

function makePassage(id: number): NewPassage {
	return {
		id,
		heading: 'A > B',
		text: `text ${id}`,
		startLine: 3,
		endLine: 4,
		textHash: `hash${id}`,
		terms: ['one', 'zwei', '三'],
		counts: new Uint16Array([1, 2, 65_535]),
	};
}
