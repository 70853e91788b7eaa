import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startVectorThreads } from '../../server/src/adapters/vectors/startVectorThreads.ts';
import { VectorWorker } from '../../server/src/adapters/vectors/vectorWorker.ts';
import { type Scored, topK } from '../../server/src/kernels/topK.ts';
import type { OnVectors, VectorThread } from '../../server/src/ports/vectors.ts';
import { dot, ExactScores } from '../../server/src/services/vectors/exactScores.ts';
import { VectorIndex, type VectorThreads } from '../../server/src/services/vectors/vectorIndex.ts';
import { bundled } from '../support/bundled.ts';

const dimensions = 24;
const workerScript = 'server/src/adapters/vectors/worker.ts';

describe.each([
	['scanned here', Number.POSITIVE_INFINITY, 1],
	['scanned in a thread once there are 100', 100, 1],
	['scanned in three threads once there are 100', 100, 3],
])('vectors %s', (_name, mostHere, count) => {
	test('the best are those of comparing all, after edits in any order', async () => {
		const random = seeded(5);
		const { index, known, source } = open(mostHere, count);
		for (let round = 0; round < 8; round++) {
			for (let edit = 0; edit < 120; edit++) {
				const id = Math.floor(random() * 400);
				if (random() < 0.3) remove(index, known, id);
				else put(index, known, id, unitVector(random));
			}
			const query = unitVector(random);
			for (const [k, least] of [
				[1, -Infinity],
				[10, 0],
				[50, 0.2],
				[1000, -Infinity],
			] as const) {
				const found = await new ExactScores(source, 'some', query).best(k, least, undefined, []);
				expect(found).toEqual(bruteForce(known, query, k, least));
			}
			expect(index.size).toBe(known.size);
		}
	});

	test('filters hold before the cut to the best', async () => {
		const random = seeded(6);
		const { index, known, source } = open(mostHere, count);
		for (let id = 0; id < 500; id++) put(index, known, id, unitVector(random));
		const query = unitVector(random);
		const accept = (id: number) => id % 7 === 3;
		const found = await new ExactScores(source, 'some', query).best(20, -Infinity, accept, []);
		expect(found).toEqual(bruteForce(new Map([...known].filter(([id]) => accept(id))), query, 20, -Infinity));
	});

	test('of thousands of equal vectors the lowest ids win', async () => {
		const { index, known, source } = open(mostHere, count);
		const same = unitVector(seeded(7));
		for (let id = 5000; id > 0; id--) put(index, known, id, same);
		const found = await new ExactScores(source, 'some', same).best(3, 0, undefined, []);
		expect(found.map(({ id }) => id)).toEqual([1, 2, 3]);
	});

	test('scores of any passages are exact, and none is made up', async () => {
		const random = seeded(8);
		const { index, known, source } = open(mostHere, count);
		for (let id = 0; id < 150; id++) put(index, known, id, unitVector(random));
		const query = unitVector(random);
		const scores = new ExactScores(source, 'some', query);
		await scores.best(2, 0, undefined, [7, 999]);
		expect(scores.get(7)).toBe(dot(query, known.get(7)!));
		await scores.fetch([8, 999]);
		expect(scores.get(8)).toBe(dot(query, known.get(8)!));
		expect(scores.get(999)).toBeUndefined();
		expect(scores.get(9)).toBeUndefined();
	});

	test('a vector that is not finite is refused, and the others stay', async () => {
		const random = seeded(9);
		const { index, known, source } = open(mostHere, count);
		for (let id = 0; id < 120; id++) put(index, known, id, unitVector(random));
		expect(() => index.set(3, new Float32Array(dimensions).fill(Number.NaN))).toThrow(RangeError);
		expect(() => index.set(3, new Float32Array(2))).toThrow(RangeError);
		const query = unitVector(random);
		const found = await new ExactScores(source, 'some', query).best(5, -Infinity, undefined, []);
		expect(found).toEqual(bruteForce(known, query, 5, -Infinity));
		const { ids, scores } = await index.approximate(query);
		expect(ids).toHaveLength(120);
		for (const [at, id] of ids.entries()) expect(scores[at]).toBeCloseTo(dot(query, known.get(id)!), 1);
	});
});

test('a thread that has died is followed by another with all that was there, edits since among it', async () => {
	const random = seeded(10);
	const { index, known, source, started } = open(10);
	for (let id = 0; id < 200; id++) put(index, known, id, unitVector(random));
	index.onThreadDeath(async (onVectors) => {
		const ids = [...known.keys(), 9999];
		// One that is gone from the index, as a removal during the reading has it.
		onVectors(
			Int32Array.from(ids),
			ids.map((id) => known.get(id) ?? unitVector(seeded(1))),
		);
	});
	for (let round = 0; round < 3; round++) {
		// What the table refuses ends the thread.
		started.at(-1)!.set(1, new Float32Array(1));
		put(index, known, 300 + round, unitVector(random));
		remove(index, known, 20 + round);
		const query = unitVector(random);
		const asked = [5, 50, 500].map((k) => new ExactScores(source, 'some', query).best(k, -1, undefined, []));
		for (const [at, k] of [5, 50, 500].entries()) {
			expect(await asked[at]).toEqual(bruteForce(known, query, k, -1));
		}
		expect((await index.approximate(query)).ids).toHaveLength(known.size);
		expect(started).toHaveLength(2 + round);
	}
});

test('where a new thread can not be filled the question fails, and the next one tries again', async () => {
	const random = seeded(11);
	const { index, known, source, started } = open(10);
	for (let id = 0; id < 100; id++) put(index, known, id, unitVector(random));
	const readAll = vi.fn(async (onVectors: OnVectors) =>
		onVectors(Int32Array.from(known.keys()), [...known.values()]),
	);
	readAll.mockRejectedValueOnce(new Error('the disk is gone'));
	index.onThreadDeath(readAll);
	started[0]!.set(1, new Float32Array(1));
	const query = unitVector(random);
	const ask = () => new ExactScores(source, 'some', query).best(10, -1, undefined, []);
	await expect(ask()).rejects.toThrow('the disk is gone');
	expect(await ask()).toEqual(bruteForce(known, query, 10, -1));
});

test('what is asked of a thread that was closed fails, and does not wait for ever', async () => {
	const worker = new VectorWorker(bundled(workerScript), { dimensions });
	const asked = worker.approximate(new Float32Array(dimensions));
	worker.dispose();
	await expect(asked).rejects.toThrow('closed');
	await expect(worker.approximate(new Float32Array(dimensions))).rejects.toThrow('closed');
});

function open(mostHere: number, count = 1) {
	const script = bundled(workerScript);
	const started: VectorThread[] = [];
	const threads: VectorThreads = {
		mostHere,
		start: (length) => {
			const thread = startVectorThreads(script, length, count);
			started.push(thread);
			return thread;
		},
	};
	const index = new VectorIndex(dimensions, threads);
	onTestFinished(() => index.dispose());
	const known = new Map<number, Float32Array>();
	const store = {
		vectorsOf: async (_modelId: string, ids: readonly number[]) =>
			new Map(ids.flatMap((id) => (known.has(id) ? [[id, known.get(id)!] as const] : []))),
	};
	return { index, known, started, source: { index: { vectors: index }, store } };
}

function put(index: VectorIndex, known: Map<number, Float32Array>, id: number, vector: Float32Array): void {
	index.set(id, vector);
	known.set(id, vector);
}

function remove(index: VectorIndex, known: Map<number, Float32Array>, id: number): void {
	index.remove(id);
	known.delete(id);
}

function bruteForce(
	known: ReadonlyMap<number, Float32Array>,
	query: Float32Array,
	k: number,
	least: number,
): readonly Scored[] {
	const scored = [...known].map(([id, vector]) => ({ id, score: dot(query, vector) }));
	return topK(
		scored.filter(({ score }) => score >= least),
		k,
	);
}

function unitVector(random: () => number): Float32Array {
	const numbers = Array.from({ length: dimensions }, () => random() * 2 - 1);
	const norm = Math.hypot(...numbers);
	return Float32Array.from(numbers, (value) => value / norm);
}

/** Numbers of 0 to 1, the same in every run. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
