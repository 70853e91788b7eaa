import type { NeighbourIndex, NeighbourOptions } from '../../ports/vectors.ts';
import { visitVectors } from '../vectors/exactVectors.ts';
import type { VectorIndex } from '../vectors/vectorIndex.ts';
import { compareGraph, describeGraph, isMostlyHeld, readKept } from './keptGraph.ts';
import { measureRecall, spread } from './measureRecall.ts';
import type { NeighbourParts } from './neighbourParts.ts';

/** Vectors fetched and added at once: what the thread holds up while it adds them is a tenth of a second. */
const addedAtOnce = 128;
/** Passages that a filter is tried on, to tell how many neighbours must be asked for. */
const triedOn = 256;
/** A filter that lets fewer pass is answered by comparing all, which costs less then. */
const leastPassing = 0.25;
/** Chance may put fewer of those that pass among the nearest. */
const overFetch = 1.5;
/** Cosines of half precision are off by less than this. */
const tolerance = 0.01;
/** So many more are looked at, for those that are only by that error not among the nearest. */
const margin = 10;
/** Vectors changed, as a share of all, after which the recall is measured again. */
const muchChanged = 0.1;

/**
 * One graph of the vectors of one folder and model, from its first vector to its end: built from the store, or from its
 * file as far as that still holds, then following every change. It answers once it stands.
 */
export class NeighbourGraph {
	readonly #parts: NeighbourParts;
	readonly #options: NeighbourOptions;
	readonly #modelId: string;
	/** Those of the model. */
	readonly #vectors: VectorIndex;
	readonly #graph: NeighbourIndex;
	/** What the thread has, or will have when it has done what it was told. */
	#held = new Set<number>();
	/** Not while the file is read: what comes and goes by then is looked up after it. */
	#follows = false;
	#state: 'building' | 'ready' | 'off' = 'building';
	#problem: string | undefined;
	#recall10: number | undefined;
	/** Some of what is held, of all parts of the folder. */
	#sample: readonly number[] = [];
	#unmeasured = Number.POSITIVE_INFINITY;
	#unsaved = 0;
	#isDisposed = false;
	#resting: NodeJS.Timeout | undefined;
	#running: Promise<void>;

	constructor(parts: NeighbourParts, options: NeighbourOptions) {
		this.#parts = parts;
		this.#options = options;
		this.#modelId = parts.model().id;
		this.#vectors = parts.index.vectors;
		this.#graph = parts.maker.open(options);
		this.#running = this.#build().catch((error) => this.#fail(error));
	}

	get state(): 'building' | 'ready' | 'off' {
		return this.#state;
	}

	/** Why it does not run, when it does not. */
	get problem(): string | undefined {
		return this.#problem;
	}

	get recall10(): number | undefined {
		return this.#recall10;
	}

	get options(): NeighbourOptions {
		return this.#options;
	}

	/** A passage has got its vector; while it is there it keeps it. */
	set(id: number, vector: Float32Array): void {
		if (!this.#follows || this.#held.has(id) || this.#state === 'off') return;
		this.#held.add(id);
		this.#follow(this.#graph.add([id], [vector]));
	}

	remove(id: number): void {
		if (this.#follows && this.#held.delete(id)) this.#follow(this.#graph.remove([id]));
	}

	/**
	 * The `k` passages nearest to `query` of those accepted, and some more, in no order; perhaps some are below `least`.
	 * `undefined` where only comparing all can tell: while it is built, after a failure, for vectors of another model, or
	 * when the filter leaves too few of the neighbours.
	 */
	async nearest(
		modelId: string,
		query: Float32Array,
		k: number,
		least: number,
		accept: ((id: number) => boolean) | undefined,
	): Promise<readonly number[] | undefined> {
		if (this.#state !== 'ready' || modelId !== this.#modelId) return undefined;
		try {
			return await this.#find(query, k + margin, least, accept);
		} catch (error) {
			this.#fail(error);
			return undefined;
		}
	}

	async #find(
		query: Float32Array,
		k: number,
		least: number,
		accept: ((id: number) => boolean) | undefined,
	): Promise<readonly number[] | undefined> {
		const wanted = Math.min(this.#held.size, accept === undefined ? k : this.#toFilter(k, accept));
		if (wanted === 0) return undefined;
		const { ids, cosines } = await this.#graph.nearest(query, wanted);
		// Some can't be reached: the graph is no measure of what there is.
		if (ids.length < wanted) return undefined;
		const found = [...ids].filter((id) => this.#held.has(id) && (accept?.(id) ?? true));
		const isAll = wanted === this.#held.size || cosines.at(-1)! < least - tolerance;
		return found.length >= k || isAll ? found.slice(0, k) : undefined;
	}

	/** How many neighbours must be asked for so that `k` pass; 0 where too many. */
	#toFilter(k: number, accept: (id: number) => boolean): number {
		const passing = this.#sample.filter(accept).length / Math.max(1, this.#sample.length);
		return passing < leastPassing ? 0 : Math.ceil((k * overFetch) / passing);
	}

	/** Resolves when it stands, is measured and is written, or can't be. */
	async settle(): Promise<void> {
		await this.#running;
		this.#rest();
		await this.#running;
	}

	async dispose(): Promise<void> {
		this.#isDisposed = true;
		clearTimeout(this.#resting);
		this.#graph.dispose();
		await this.#running;
	}

	async #build(): Promise<void> {
		await this.#restore();
		const { index, store } = this.#parts;
		// It may have gone meanwhile, or have come by itself.
		const isMissing = (id: number) => this.#vectors.has(id) && !this.#held.has(id);
		const missing = [...index.passageIds()].filter(isMissing);
		for (let at = 0; at < missing.length; at += addedAtOnce) {
			if (this.#isDisposed) return;
			const found: [id: number, vector: Float32Array][] = [];
			const wanted = missing.slice(at, at + addedAtOnce);
			await visitVectors(this.#vectors, store, this.#modelId, wanted, (id, vector) => {
				found.push([id, vector.slice()]);
			});
			const added = found.filter(([id]) => isMissing(id));
			if (added.length === 0) continue;
			for (const [id] of added) this.#held.add(id);
			this.#unsaved += added.length;
			await this.#graph.add(
				added.map(([id]) => id),
				added.map(([, vector]) => vector),
			);
		}
		this.#state = 'ready';
		this.#parts.onChanged();
		await this.#measureAndSave();
	}

	/** Begins with what the file holds, where that is still good. */
	async #restore(): Promise<void> {
		const { index, maker, logger } = this.#parts;
		const kept = readKept(await maker.kept.read(), this.#modelId, this.#options);
		if (kept !== undefined && isMostlyHeld(compareGraph(kept, index))) {
			try {
				await this.#graph.load(kept.digest);
				// Anything may have changed meanwhile.
				const { held, stale } = compareGraph(kept, index);
				this.#held = held;
				this.#unsaved = stale.length;
				this.#follows = true;
				return this.#graph.remove(stale);
			} catch (error) {
				if (this.#isDisposed) throw error;
				logger.info(`The graph of neighbours is built anew: ${reasonOf(error)}`);
			}
		}
		this.#follows = true;
	}

	#follow(change: Promise<void>): void {
		this.#unmeasured++;
		this.#unsaved++;
		change.catch((error) => this.#fail(error));
		clearTimeout(this.#resting);
		this.#resting = setTimeout(() => this.#rest(), this.#parts.maker.restMs).unref();
	}

	#rest(): void {
		clearTimeout(this.#resting);
		const rest = async () => {
			if (this.#state === 'ready' && !this.#isDisposed) await this.#measureAndSave();
		};
		this.#running = this.#running.then(rest).catch((error) => this.#fail(error));
	}

	async #measureAndSave(): Promise<void> {
		if (this.#unmeasured > muchChanged * this.#held.size) {
			this.#unmeasured = 0;
			this.#sample = spread([...this.#held], triedOn);
			this.#recall10 = await measureRecall(this.#parts, [...this.#held], async (query, k) => {
				const { ids } = await this.#graph.nearest(query, k + margin);
				return [...ids];
			});
			this.#parts.onChanged();
		}
		if (this.#unsaved === 0 || this.#isDisposed) return;
		this.#unsaved = 0;
		const { kept } = this.#parts.maker;
		const held = describeGraph(this.#held, this.#parts.index, this.#modelId, this.#options);
		// Whatever stops it between the two: a file that nothing vouches for is not read.
		await kept.write({});
		const digest = await this.#graph.save();
		await kept.write({ digest, ...held });
	}

	#fail(error: unknown): void {
		if (this.#isDisposed || this.#state === 'off') return;
		this.#state = 'off';
		this.#held.clear();
		this.#problem = `jarvis.vectorIndex.kind is hnsw, which does not run here, so every search compares all passages: ${reasonOf(error)}`;
		this.#parts.logger.error(this.#problem, error);
		this.#parts.onChanged();
	}
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
