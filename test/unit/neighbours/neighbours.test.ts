import { expect, test } from 'vitest';
import { fakeNeighbours } from '../../support/fakeNeighbours.ts';
import { Fixture, hnsw, question, range, until } from './fixture.ts';

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

const bounds = { m: 16, efConstruction: 200, efSearch: 100 };
