import { expect, onTestFinished, test } from 'vitest';
import { randomFrom } from '../../../scripts/host/random.ts';
import type { IndexChange } from '../../../server/src/ports/store.ts';
import { FolderIndex } from '../../../server/src/services/folder/folderIndex.ts';
import { Neighbours } from '../../../server/src/services/neighbours/neighbours.ts';
import { dot, ExactScores } from '../../../server/src/services/vectors/exactScores.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { type FakeNeighbours, fakeNeighbours } from '../../support/fakeNeighbours.ts';
import { MemoryStore } from '../../support/memoryStore.ts';
import { silentLogger } from '../../support/silentLogger.ts';

const dimensions = 8;
const hnsw = { 'vectorIndex.kind': 'hnsw' };

/** A folder of `count` notes of one passage each, ids from 1, all with vectors; and its neighbours. */
class Fixture {
	readonly fake: FakeNeighbours;
	readonly store: MemoryStore;
	readonly index = new FolderIndex({ id: 'some', dimensions });
	given: Readonly<Record<string, unknown>>;
	model = { id: 'some', dimensions };
	neighbours!: Neighbours;
	changes = 0;
	readonly #vectors = new Map<number, Float32Array>();

	private constructor(given: object, fake: FakeNeighbours, store: MemoryStore) {
		this.given = { ...given };
		this.fake = fake;
		this.store = store;
	}

	static async open(count: number, given: object = hnsw, fake = fakeNeighbours(), store = new MemoryStore()) {
		const fixture = new Fixture(given, fake, store);
		const random = randomFrom(count);
		for (let id = 1; id <= count; id++) fixture.#vectors.set(id, unitVector(random));
		const known = new Set((await store.notes()).map(({ id }) => id));
		for (const id of fixture.#vectors.keys()) if (!known.has(id)) await fixture.#store(id);
		await fixture.index.load(store, 'some');
		fixture.start();
		onTestFinished(() => fixture.neighbours.dispose());
		return fixture;
	}

	start(): void {
		this.neighbours = new Neighbours({
			...{ index: this.index, store: this.store, logger: silentLogger, maker: this.fake },
			model: () => this.model,
			settings: () => readSettings(this.given).settings,
			onChanged: () => this.changes++,
		});
		this.index.follower = this.neighbours;
	}

	get graph() {
		return this.fake.made.at(-1)!;
	}

	async put(id: number, vector = unitVector(randomFrom(1000 + id))): Promise<void> {
		this.#vectors.set(id, vector);
		this.index.apply(await this.#store(id));
		this.index.setVectors(new Map([[id, vector]]));
	}

	async remove(id: number): Promise<void> {
		this.#vectors.delete(id);
		const change = { put: [], touch: [], remove: [id] };
		await this.store.write(change);
		this.index.apply(change);
	}

	best(query: Float32Array, k: number, least = -1, accept?: (id: number) => boolean) {
		const { index, store, neighbours } = this;
		return new ExactScores({ index, store, neighbours }, this.model.id, query).best(k, least, accept, []);
	}

	/** What comparing all finds. */
	all(query: Float32Array, k: number, least = -1, accept: (id: number) => boolean = () => true) {
		return [...this.#vectors]
			.map(([id, vector]) => ({ id, score: dot(query, vector) }))
			.filter(({ id, score }) => accept(id) && score >= least)
			.sort((a, b) => b.score - a.score)
			.slice(0, k);
	}

	async #store(id: number): Promise<IndexChange> {
		const vector = this.#vectors.get(id)!;
		const text = `${id} ${vector[0]}`;
		const nothing = { aliases: [], tags: [], links: [], problems: [], skipped: undefined };
		const stamp = { path: `${id}.md`, size: 1, mtimeMs: 1 };
		const note = { ...nothing, id, stamp, hash: text, chunker: 1, title: '', indexedAtMs: 0 };
		const words = { terms: [], counts: new Uint16Array() };
		const passage = { id, heading: '', text, startLine: 1, endLine: 1, textHash: text, ...words };
		const change = { put: [{ note, passages: [passage] }], touch: [], remove: [] };
		await this.store.write(change);
		await this.store.putVectors('some', new Map([[text, vector]]));
		return change;
	}
}

const question = unitVector(randomFrom(99));

test('where the settings say exact, no graph is made', async () => {
	const { neighbours, fake } = await Fixture.open(20, {});
	await neighbours.settle();
	expect(fake.made).toEqual([]);
	expect(neighbours.status).toEqual({ ...bounds, kind: 'exact', state: 'ready' });
});

test('until the graph stands all are compared, and then it is asked', async () => {
	let open!: () => void;
	const fake = fakeNeighbours();
	fake.gate = new Promise((resolve) => {
		open = resolve;
	});
	const fixture = await Fixture.open(50, hnsw, fake);
	expect(fixture.neighbours.status).toMatchObject({ kind: 'hnsw', state: 'building' });
	expect(await fixture.best(question, 5)).toEqual(fixture.all(question, 5));
	open();
	await fixture.neighbours.settle();
	expect(fixture.neighbours.status).toEqual({ ...bounds, kind: 'hnsw', state: 'ready', recall10: 1 });
	const { asked } = fixture.graph;
	expect(await fixture.best(question, 5)).toEqual(fixture.all(question, 5));
	expect(fixture.graph.asked).toBe(asked + 1);
});

test('vectors that come and go are followed, while it is built too', async () => {
	let open!: () => void;
	const fake = fakeNeighbours();
	fake.gate = new Promise((resolve) => {
		open = resolve;
	});
	const fixture = await Fixture.open(300, hnsw, fake);
	// Some of the first batch are in, the rest is to come.
	await until(() => fake.made.length === 1 && fixture.graph.added > 0);
	await fixture.put(301);
	await fixture.put(299);
	await fixture.remove(1);
	await fixture.remove(300);
	open();
	await fixture.neighbours.settle();
	await fixture.put(302);
	await fixture.remove(2);
	expect([...fixture.graph.held.keys()].sort((a, b) => a - b)).toEqual(range(3, 299).concat(301, 302));
	expect(await fixture.best(question, 20)).toEqual(fixture.all(question, 20));
});

test('with a filter there are never fewer than all there are', async () => {
	const fixture = await Fixture.open(200);
	await fixture.neighbours.settle();
	for (const every of [1, 2, 7, 150]) {
		const accept = (id: number) => id % every === 0;
		expect(await fixture.best(question, 10, -1, accept)).toEqual(fixture.all(question, 10, -1, accept));
	}
	const { asked } = fixture.graph;
	await fixture.best(question, 10, -1, (id) => id % 7 === 0);
	expect(fixture.graph.asked, 'too few pass to ask it').toBe(asked);
	const few = fixture.all(question, 4)[3]!.score;
	const accept = (id: number) => id % 2 === 0;
	expect(await fixture.best(question, 10, few, accept)).toEqual(fixture.all(question, 10, few, accept));
});

test('of neighbours of which too few pass all are compared', async () => {
	const fixture = await Fixture.open(200);
	await fixture.neighbours.settle();
	// Half of all pass, and none of the nearest.
	const nearest = new Set(fixture.all(question, 100).map(({ id }) => id));
	const accept = (id: number) => !nearest.has(id);
	const { asked } = fixture.graph;
	expect(await fixture.best(question, 10, -1, accept)).toEqual(fixture.all(question, 10, -1, accept));
	expect(fixture.graph.asked).toBe(asked + 1);
});

test('a graph of which a part can not be reached is not believed', async () => {
	const fixture = await Fixture.open(30);
	await fixture.neighbours.settle();
	for (const id of range(1, 25)) fixture.fake.lost.add(id);
	for (const k of [10, 30]) expect(await fixture.best(question, k)).toEqual(fixture.all(question, k));
});

test('the recall is the share of the nearest that it finds', async () => {
	const fake = fakeNeighbours();
	for (const id of range(1, 100)) fake.lost.add(id * 2);
	const fixture = await Fixture.open(200, hnsw, fake);
	await fixture.neighbours.settle();
	const { recall10 = 0 } = fixture.neighbours.status;
	expect(recall10).toBeGreaterThan(0.2);
	expect(recall10).toBeLessThan(0.8);
});

test('after many changes the recall is measured again, and the file written', async () => {
	const fixture = await Fixture.open(40);
	await fixture.neighbours.settle();
	expect(fixture.neighbours.status.recall10).toBe(1);
	for (const id of range(1, 20)) fixture.fake.lost.add(id);
	for (const id of range(41, 50)) await fixture.put(id);
	await until(() => fixture.neighbours.status.recall10! < 1 && fixture.fake.file?.size === 50);
});

test('where it does not run, that is said, and all are compared', async () => {
	const fake = fakeNeighbours();
	fake.problem = 'there is no library';
	const fixture = await Fixture.open(50, hnsw, fake);
	await fixture.neighbours.settle();
	expect(fixture.neighbours.status).toMatchObject({ kind: 'hnsw', state: 'off' });
	expect(fixture.neighbours.problem).toContain('there is no library');
	await fixture.put(51);
	expect(await fixture.best(question, 5)).toEqual(fixture.all(question, 5));
});

test('it may fail later too', async () => {
	const fixture = await Fixture.open(50);
	await fixture.neighbours.settle();
	fixture.fake.problem = 'out of memory';
	expect(await fixture.best(question, 5)).toEqual(fixture.all(question, 5));
	expect(fixture.neighbours.status.state).toBe('off');
	expect(fixture.neighbours.problem).toContain('out of memory');
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

const bounds = { m: 16, efConstruction: 200, efSearch: 100 };

async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise(setImmediate);
}

function range(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

function unitVector(random: () => number): Float32Array {
	const numbers = Array.from({ length: dimensions }, () => random() * 2 - 1);
	const norm = Math.hypot(...numbers);
	return Float32Array.from(numbers, (value) => value / norm);
}
