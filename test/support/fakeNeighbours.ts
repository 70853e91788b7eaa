import type { NeighbourIndex, NeighbourOptions } from '../../server/src/ports/vectors.ts';
import type { NeighbourMaker } from '../../server/src/services/neighbours/neighbourParts.ts';
import { dot } from '../../server/src/services/vectors/exactScores.ts';

/** Graphs that compare all they hold, and the file that they share. */
export interface FakeNeighbours extends NeighbourMaker {
	readonly made: readonly FakeGraph[];
	/** What the file holds; set it to spoil it. */
	file: ReadonlyMap<number, Float32Array> | undefined;
	document: unknown;
	/** Ids that no graph finds, as if nothing linked to them. */
	readonly lost: Set<number>;
	/** Why nothing works, when nothing is to. */
	problem: string | undefined;
	/** Graphs add nothing until this has resolved. */
	gate: Promise<void>;
}

export function fakeNeighbours(): FakeNeighbours {
	const made: FakeGraph[] = [];
	const fake: FakeNeighbours = {
		made,
		file: undefined,
		document: undefined,
		lost: new Set(),
		problem: undefined,
		gate: Promise.resolve(),
		restMs: 0,
		kept: {
			read: async () => fake.document,
			write: async (document) => {
				fake.document = document;
			},
		},
		open: (options) => {
			const graph = new FakeGraph(fake, options);
			made.push(graph);
			return graph;
		},
	};
	return fake;
}

export class FakeGraph implements NeighbourIndex {
	readonly options: NeighbourOptions;
	readonly #fake: FakeNeighbours;
	held = new Map<number, Float32Array>();
	/** How many vectors were given to it. */
	added = 0;
	asked = 0;
	isDisposed = false;

	constructor(fake: FakeNeighbours, options: NeighbourOptions) {
		this.#fake = fake;
		this.options = options;
	}

	async add(ids: readonly number[], vectors: readonly Float32Array[]): Promise<void> {
		this.#check();
		for (const [at, id] of ids.entries()) {
			if (this.held.has(id)) throw new Error(`${id} is there already`);
			this.held.set(id, vectors[at]!);
		}
		this.added += ids.length;
		await this.#fake.gate;
		this.#check();
	}

	async remove(ids: readonly number[]): Promise<void> {
		this.#check();
		for (const id of ids) this.held.delete(id);
	}

	async nearest(query: Float32Array, k: number) {
		this.#check();
		this.asked++;
		const scored = [...this.held].map(([id, vector]) => ({ id, score: dot(query, vector) }));
		const best = scored.sort((a, b) => b.score - a.score).filter(({ id }) => !this.#fake.lost.has(id));
		const found = best.slice(0, k);
		return {
			ids: Int32Array.from(found, ({ id }) => id),
			cosines: Float32Array.from(found, ({ score }) => score),
		};
	}

	async save(): Promise<string> {
		this.#check();
		this.#fake.file = new Map(this.held);
		return 'a digest';
	}

	async load(digest: string): Promise<void> {
		this.#check();
		await this.#fake.gate;
		if (this.#fake.file === undefined || digest !== 'a digest') throw new Error('the file is damaged');
		this.held = new Map(this.#fake.file);
	}

	dispose(): void {
		this.isDisposed = true;
	}

	#check(): void {
		if (this.isDisposed) throw new Error('the index was closed');
		if (this.#fake.problem !== undefined) throw new Error(this.#fake.problem);
	}
}
