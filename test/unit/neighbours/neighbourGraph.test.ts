import { expect, test } from 'vitest';
import { randomFrom } from '../../../scripts/host/random.ts';
import type { FakeNeighbours } from '../../support/fakeNeighbours.ts';
import { Fixture, hnsw, question, range, unitVector, until } from './fixture.ts';

test('after many changes the recall is measured again, and the file written', async () => {
	const fixture = await Fixture.open(40);
	await fixture.neighbours.settle();
	expect(fixture.neighbours.status.recall10).toBe(1);
	for (const id of range(1, 20)) fixture.fake.lost.add(id);
	for (const id of range(41, 50)) await fixture.put(id);
	await until(() => fixture.neighbours.status.recall10! < 1 && fixture.fake.file?.size === 50);
});

test('settings apply at once', async () => {
	const fixture = await Fixture.open(50, {});
	const change = async (given: object) => {
		fixture.given = { ...given };
		fixture.neighbours.reconsider();
		await fixture.neighbours.settle();
	};
	await change(hnsw);
	expect(fixture.neighbours.status).toMatchObject({ kind: 'hnsw', state: 'ready' });
	await change(hnsw);
	expect(fixture.fake.made).toHaveLength(1);
	await change({ ...hnsw, 'vectorIndex.efSearch': 50 });
	expect(fixture.graph.options.efSearch).toBe(50);
	expect(fixture.graph.added, 'it was in the file').toBe(0);
	await change({ ...hnsw, 'vectorIndex.m': 8 });
	expect(fixture.graph.options.m).toBe(8);
	expect(fixture.graph.added).toBe(50);
	await change({});
	expect(fixture.neighbours.status).toMatchObject({ kind: 'exact', state: 'ready' });
	expect(fixture.fake.made).toHaveLength(3);
	expect(fixture.fake.made.every(({ isDisposed }) => isDisposed)).toBe(true);
});

test('another model begins anew', async () => {
	const fixture = await Fixture.open(50);
	await fixture.neighbours.settle();
	const texts = [...range(1, 50)].map((id) => fixture.index.passage(id)!.textHash);
	const random = randomFrom(3);
	const vectors = new Map(texts.map((text) => [text, unitVector(random).slice(0, 4)]));
	await fixture.store.putVectors('other', vectors);
	const others = fixture.index.newVectors({ id: 'other', dimensions: 4 });
	for (const [at, vector] of [...vectors.values()].entries()) others.set(at + 1, vector);
	fixture.model = { id: 'other', dimensions: 4 };
	fixture.index.replaceVectors(others);
	await fixture.neighbours.settle();
	expect(fixture.graph.options.dimensions).toBe(4);
	expect(fixture.graph.held.get(7)).toEqual(vectors.get(texts[6]!));
	expect(await fixture.neighbours.nearest('some', question, 3, -1, undefined)).toBeUndefined();
	const found = await fixture.neighbours.nearest('other', question.slice(0, 4), 3, -1, undefined);
	expect(found!.length).toBeGreaterThanOrEqual(3);
});

test('the next time it begins with what it was, and what changed since', async () => {
	const first = await Fixture.open(100);
	await first.neighbours.settle();
	await first.neighbours.dispose();
	await first.remove(5);
	// Another text under an id that was there.
	await first.remove(6);
	await first.put(6, unitVector(randomFrom(4)));
	await first.put(101);
	first.start();
	await first.neighbours.settle();
	expect(first.graph.added).toBe(2);
	expect(first.graph.held.size).toBe(100);
	expect(await first.best(question, 100)).toEqual(first.all(question, 100));
});

test.each<[string, (fake: FakeNeighbours) => void]>([
	['that is damaged', (fake) => Object.assign(fake, { file: undefined })],
	['that nothing vouches for', (fake) => Object.assign(fake, { document: {} })],
	[
		'of other passages',
		({ document }) => Object.assign(document as object, { hashes: Array(60).fill('other') }),
	],
])('a file %s is written anew', async (_name, spoil) => {
	const fixture = await Fixture.open(60);
	await fixture.neighbours.settle();
	await fixture.neighbours.dispose();
	spoil(fixture.fake);
	fixture.start();
	await fixture.neighbours.settle();
	expect(fixture.neighbours.status).toMatchObject({ state: 'ready', recall10: 1 });
	expect(fixture.graph.added).toBe(60);
	expect(fixture.fake.file?.size).toBe(60);
	expect(fixture.fake.document).toMatchObject({ ids: range(1, 60) });
});
