import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VectorIndex } from '../../../server/src/kernels/vectorIndex.ts';

/** The scores by id are those of a plain sum over what was set. */
function check(index: VectorIndex, vectors: ReadonlyMap<number, Float32Array>, query: Float32Array): void {
	const { ids, scores } = index.score(query);
	expect(index.size).toBe(vectors.size);
	expect([...ids].sort((a, b) => a - b)).toEqual([...vectors.keys()].sort((a, b) => a - b));
	for (const [at, id] of ids.entries()) {
		const naive = vectors.get(id)!.reduce((sum, value, i) => sum + value * query[i]!, 0);
		expect(scores[at]).toBeCloseTo(naive, 5);
		expect(index.scoreOf(id, query)).toBe(scores[at]);
	}
}

/** A unit vector that is each time the same for a seed. */
function unit(dimensions: number, seed: number): Float32Array {
	const values = Float32Array.from({ length: dimensions }, (_, at) =>
		Math.sin((seed + 1) * 12.9898 + at * 78.233),
	);
	const length = Math.hypot(...values);
	return values.map((value) => value / length);
}

test.each([1, 3, 4, 7, 384])('the cosine is exact with %i dimensions', (dimensions) => {
	const index = new VectorIndex(dimensions);
	const vectors = new Map(Array.from({ length: 20 }, (_, id) => [id, unit(dimensions, id)]));
	for (const [id, vector] of vectors) index.set(id, vector);
	check(index, vectors, unit(dimensions, 99));
	expect(index.scoreOf(3, vectors.get(3)!)).toBeCloseTo(1, 6);
});

test('an empty index scores nothing', () => {
	const index = new VectorIndex(4);
	check(index, new Map(), unit(4, 1));
	expect([index.get(1), index.scoreOf(1, unit(4, 1)), index.has(1)]).toEqual([undefined, undefined, false]);
});

test('a vector can be had again, and is a copy of the one given', () => {
	const index = new VectorIndex(2);
	const vector = Float32Array.of(0.6, 0.8);
	index.set(7, vector);
	vector[0] = 5;
	expect(index.has(7)).toBe(true);
	expect(index.get(7)).toEqual(Float32Array.of(0.6, 0.8));
});

test('a vector set again takes the place of the old', () => {
	const index = new VectorIndex(4);
	index.set(1, unit(4, 1));
	index.set(1, unit(4, 2));
	check(index, new Map([[1, unit(4, 2)]]), unit(4, 3));
});

test('a removed row is filled by the last', () => {
	const index = new VectorIndex(4);
	for (const id of [1, 2, 3]) index.set(id, unit(4, id));
	index.remove(1);
	index.remove(1);
	check(index, new Map([2, 3].map((id) => [id, unit(4, id)])), unit(4, 9));
	index.remove(2);
	index.remove(3);
	check(index, new Map(), unit(4, 9));
});

test('an index grows over its blocks, shrinks and grows again', () => {
	const index = new VectorIndex(4);
	const vectors = new Map<number, Float32Array>();
	const fill = (from: number, to: number) => {
		for (let id = from; id < to; id++) {
			vectors.set(id, unit(4, id));
			index.set(id, vectors.get(id)!);
		}
	};
	fill(0, 2500);
	check(index, vectors, unit(4, 7));
	for (let id = 0; id < 2000; id += 1 + (id % 3)) {
		index.remove(id);
		vectors.delete(id);
	}
	check(index, vectors, unit(4, 7));
	fill(2500, 4200);
	check(index, vectors, unit(4, 7));
});

test.each([
	['not a number', Float32Array.of(0, Number.NaN)],
	['infinite', Float32Array.of(Number.POSITIVE_INFINITY, 0)],
	['too short', Float32Array.of(1)],
	['too long', Float32Array.of(1, 0, 0)],
])('a vector that is %s is refused, and changes nothing', (_what, vector) => {
	const index = new VectorIndex(2);
	index.set(1, Float32Array.of(1, 0));
	for (const id of [1, 2]) expect(() => index.set(id, vector)).toThrow(RangeError);
	check(index, new Map([[1, Float32Array.of(1, 0)]]), Float32Array.of(1, 0));
});

test('after sets and removes in whatever order the scores are those of what is left', () => {
	const steps = fc.array(fc.tuple(fc.nat(9), fc.option(fc.nat(100), { nil: undefined })), { maxLength: 40 });
	fc.assert(
		fc.property(steps, (all) => {
			const index = new VectorIndex(5);
			const kept = new Map<number, Float32Array>();
			for (const [id, seed] of all) {
				if (seed === undefined) {
					index.remove(id);
					kept.delete(id);
				} else {
					index.set(id, unit(5, seed));
					kept.set(id, unit(5, seed));
				}
			}
			check(index, kept, unit(5, 101));
		}),
	);
});
