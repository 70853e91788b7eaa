import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { randomFrom } from '../../scripts/host/random.ts';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import { VectorDirectory } from '../../server/src/adapters/vectors/vectorDirectory.ts';
import type { IndexChange, NewPassage } from '../../server/src/ports/store.ts';
import { FolderIndex } from '../../server/src/services/folder/folderIndex.ts';
import { dot, ExactScores } from '../../server/src/services/vectors/exactScores.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { tempFolder } from '../support/tempFolder.ts';
import { vectorsHere } from '../support/vectorsHere.ts';

const model = { id: 'some-model', dimensions: 8 };

test('an index opened again takes its vectors from the file, and answers as before', async () => {
	const { index, store, open } = await filled();
	const before = await nearest(index, store);
	index.vectors.dispose();
	const all = vi.spyOn(store, 'passageVectors');
	const some = vi.spyOn(store, 'vectorsOf');
	const again = await open();
	expect(again.vectors.size).toBe(50);
	expect(await nearest(again, store)).toEqual(before);
	expect(all).not.toHaveBeenCalled();
	expect(some).not.toHaveBeenCalled();
});

test('what was committed without the file is taken from the store, once', async () => {
	const { index, store, open } = await filled();
	index.vectors.dispose();
	// A kill after the commit, before the file was written: one text replaced, one note gone, one come.
	await store.write(noteOf(3, [{ id: 101, text: 'other' }]));
	await store.write({ put: [], touch: [], remove: [4] });
	await store.write(noteOf(60, [{ id: 102, text: 'new' }]));
	await store.putVectors(model.id, new Map([vectorOf('other'), vectorOf('new')]));
	const again = await open();
	expect([3, 4, 101, 102].map((id) => again.vectors.has(id))).toEqual([false, false, true, true]);
	expect(await nearest(again, store)).toEqual(await byComparingAll(store));
	again.vectors.dispose();
	const some = vi.spyOn(store, 'vectorsOf');
	const last = await open();
	expect(await nearest(last, store)).toEqual(await byComparingAll(store));
	expect(some).not.toHaveBeenCalled();
});

test('an id that came to stand for another text has the vector of that text', async () => {
	const { index, store, open } = await filled();
	index.vectors.dispose();
	await store.write({ put: [], touch: [], remove: [50] });
	await store.write(noteOf(51, [{ id: 50, text: 'other' }]));
	await store.putVectors(model.id, new Map([vectorOf('other')]));
	const again = await open();
	const [, vector] = vectorOf('other');
	const scores = new ExactScores({ index: again, store }, model.id, vector);
	const [best] = await scores.best(1, -1, undefined, []);
	expect(best).toEqual({ id: 50, score: dot(vector, vector) });
});

test('a passage whose vector the store has no more has none', async () => {
	const { index, open, database } = await filled();
	index.vectors.dispose();
	await database.writer.run("DELETE FROM vector WHERE text_hash = 'hash of text 7'");
	const again = await open();
	expect(again.vectors.has(7)).toBe(false);
	expect(again.vectors.size).toBe(49);
});

test('a file that can not be read any more costs time and no answer', async () => {
	const { index, store, folder, open } = await filled();
	const file = readdirSync(folder).find((name) => name.endsWith('.bin'))!;
	truncateSync(join(folder, file), 100);
	expect(await nearest(index, store)).toEqual(await byComparingAll(store));
	index.vectors.dispose();
	expect(await nearest(await open(), store)).toEqual(await byComparingAll(store));
});

/** Fifty notes of one passage each, with vectors, indexed live. */
async function filled() {
	const folder = tempFolder();
	const instance = await Database.open({ threads: 1, memoryLimitMb: 128 }, silentLogger);
	const database = await instance.attach(join(folder, 'index.duckdb'));
	const store = new DuckdbStore(database);
	const opened: FolderIndex[] = [];
	onTestFinished(async () => {
		for (const index of opened) index.vectors.dispose();
		await store.close();
		instance.close();
	});
	const open = async () => {
		const index = new FolderIndex(model, vectorsHere, new VectorDirectory(folder));
		opened.push(index);
		await index.load(store, model.id);
		return index;
	};
	const index = await open();
	for (let id = 1; id <= 50; id++) {
		const change = noteOf(id, [{ id, text: `text ${id}` }]);
		await store.write(change);
		index.apply(change);
		const [hash, vector] = vectorOf(`text ${id}`);
		await store.putVectors(model.id, new Map([[hash, vector]]));
		index.setVectors(new Map([[id, vector]]));
	}
	return { folder, database, store, index, open };
}

const question = vectorOf('a question')[1];

async function nearest(index: FolderIndex, store: DuckdbStore) {
	return new ExactScores({ index, store }, model.id, question).best(1000, -1, undefined, []);
}

async function byComparingAll(store: DuckdbStore) {
	const scored: { id: number; score: number }[] = [];
	await store.passageVectors(model.id, (ids, vectors) => {
		for (const [at, vector] of vectors.entries()) scored.push({ id: ids[at]!, score: dot(question, vector) });
	});
	return scored.sort((a, b) => b.score - a.score || a.id - b.id);
}

/** The vector that a text always has. */
function vectorOf(text: string): readonly [string, Float32Array] {
	const random = randomFrom([...text].reduce((sum, letter) => sum * 31 + letter.codePointAt(0)!, 7));
	const numbers = Array.from({ length: model.dimensions }, () => random() - 0.5);
	const norm = Math.hypot(...numbers);
	return [`hash of ${text}`, Float32Array.from(numbers, (value) => value / norm)];
}

function noteOf(
	noteId: number,
	passages: readonly { readonly id: number; readonly text: string }[],
): IndexChange {
	const stamp = { path: `${noteId}.md`, size: 1, mtimeMs: 1 };
	const nothing = { aliases: [], tags: [], links: [], problems: [], skipped: undefined };
	const note = { id: noteId, stamp, hash: 'x', chunker: 1, title: '', indexedAtMs: 1, ...nothing };
	const put = passages.map(
		({ id, text }): NewPassage => ({
			...{ id, text, heading: '', startLine: 1, endLine: 1, textHash: `hash of ${text}` },
			...{ terms: ['word'], counts: Uint16Array.of(1) },
		}),
	);
	return { put: [{ note, passages: put }], touch: [], remove: [] };
}
