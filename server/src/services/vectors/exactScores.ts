import { Best, type Scored, topK } from '../../kernels/topK.ts';
import type { IndexStore } from '../../ports/store.ts';
import { visitVectors } from './exactVectors.ts';
import type { VectorIndex } from './vectorIndex.ts';

/** Vectors fetched at once beyond the first `k`: mostly the bounds of the next few say that none of them is better. */
const fetchedAtOnce = 64;

/** A folder, as far as its vectors go. */
interface VectorSource {
	readonly index: { readonly vectors: VectorIndex };
	readonly store: Pick<IndexStore, 'vectorsOf'> | undefined;
	/** Where the settings want it. */
	readonly neighbours?: NearestPassages | undefined;
}

/** See `NeighbourGraph`. */
interface NearestPassages {
	nearest(
		modelId: string,
		query: Float32Array,
		k: number,
		least: number,
		accept: ((id: number) => boolean) | undefined,
	): Promise<readonly number[] | undefined>;
}

/** Exact cosines to one unit vector, from its file or the store, each fetched once; by one model, whichever takes over meanwhile. */
export class ExactScores {
	readonly #vectors: VectorIndex;
	readonly #store: VectorSource['store'];
	readonly #neighbours: VectorSource['neighbours'];
	readonly #modelId: string;
	readonly #query: Float32Array;
	readonly #scores = new Map<number, number>();

	/** `query` is a vector of the model that the folder's vectors are of now. */
	constructor({ index, store, neighbours }: VectorSource, modelId: string, query: Float32Array) {
		this.#vectors = index.vectors;
		this.#store = store;
		this.#neighbours = neighbours;
		this.#modelId = modelId;
		this.#query = query;
	}

	/** `undefined` for a passage without a vector, or not fetched. */
	get(passageId: number): number | undefined {
		return this.#scores.get(passageId);
	}

	/** Fetches what has not been fetched. */
	async fetch(passageIds: Iterable<number>): Promise<void> {
		const wanted = [...passageIds].filter((id) => !this.#scores.has(id));
		await visitVectors(this.#vectors, this.#store, this.#modelId, wanted, (id, vector) => {
			this.#scores.set(id, dot(this.#query, vector));
		});
	}

	/**
	 * The `k` best of the passages accepted, none below `least`, exactly as if all were compared; `also` are fetched
	 * along. Candidates come by their upper bounds: once the `k` found beat the next one's, no later one can be better.
	 * Where the folder has a graph of neighbours, the best are those of its candidates, by exact scores all the same.
	 */
	async best(
		k: number,
		least: number,
		accept: ((id: number) => boolean) | undefined,
		also: readonly number[],
	): Promise<readonly Scored[]> {
		const near = await this.#neighbours?.nearest(this.#modelId, this.#query, k, least, accept);
		if (near !== undefined) {
			await this.fetch(new Set([...near, ...also]));
			const scored = near.map((id) => ({ id, score: this.#scores.get(id) ?? -Infinity }));
			return topK(
				scored.filter(({ score }) => score > -Infinity && score >= least),
				k,
			);
		}
		const { ids, upper } = await this.#vectors.scan(this.#query, k, least, accept);
		const best = new Best(k);
		// The first k are needed whatever they score.
		await this.fetch(new Set([...ids.subarray(0, k), ...also]));
		for (let at = 0; at < ids.length && !(best.floor > upper[at]!); ) {
			const batch = ids.subarray(at, at < k ? k : at + fetchedAtOnce);
			at += batch.length;
			await this.fetch(batch);
			for (const id of batch) {
				const score = this.#scores.get(id);
				if (score !== undefined && score >= least) best.add(id, score);
			}
		}
		return best.sorted();
	}
}

/** Cosine of two unit vectors. */
export function dot(a: Float32Array, b: Float32Array): number {
	let sum = 0;
	for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
	return sum;
}
