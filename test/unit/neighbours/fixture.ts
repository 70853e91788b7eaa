import { onTestFinished } from 'vitest';
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
export const hnsw = { 'vectorIndex.kind': 'hnsw' };

/** A folder of `count` notes of one passage each, ids from 1, all with vectors; and its neighbours. */
export class Fixture {
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

export const question = unitVector(randomFrom(99));

export async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise(setImmediate);
}

/** All whole numbers from the first to the last. */
export function range(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

export function unitVector(random: () => number): Float32Array {
	const numbers = Array.from({ length: dimensions }, () => random() * 2 - 1);
	const norm = Math.hypot(...numbers);
	return Float32Array.from(numbers, (value) => value / norm);
}
