import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CodeTable } from '../../../server/src/kernels/codeTable.ts';
import { encodeQuery } from '../../../server/src/kernels/queryCodes.ts';
import { plainDot, plainQuantize, plainScore } from '../../../server/src/kernels/reference/plainCodes.ts';
import { Best } from '../../../server/src/kernels/topK.ts';

/** Zeros, denormals, huge and tiny numbers, and numbers like a model's. */
const numberOfAnyKind = fc.oneof(
	fc.float({ min: -1, max: 1, noNaN: true }),
	fc.constantFrom(0, -0, 1, -1, 1e-45, -1e-40, 1e-31, 3e38, -3e38, 0.5, 1 / 254),
);
const dimensions = fc.constantFrom(1, 3, 64, 65, 384);
const vectorsOf = (length: number, count: { minLength: number; maxLength: number }) =>
	fc.array(
		fc.oneof(
			fc.array(numberOfAnyKind, { minLength: length, maxLength: length }),
			fc
				.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length })
				.map(normalised),
			fc.constant(new Array<number>(length).fill(0)),
		),
		count,
	);
const someVectors = dimensions.chain((length) =>
	vectorsOf(length, { minLength: 2, maxLength: 30 }).map((all) => all.map((v) => Float32Array.from(v))),
);

describe('the int8 kernel', () => {
	test('scores as the reference does, and errs by no more than the bound', () => {
		fc.assert(
			fc.property(someVectors, ([query, ...vectors]) => {
				const table = tableOf(vectors);
				const asked = encodeQuery(query!);
				const { ids, scores } = table.approximate(query!);
				const { upper } = table.scan(query!, vectors.length);
				const upperOf = new Map(
					[...table.scan(query!, vectors.length).ids].map((id, at) => [id, upper[at]!]),
				);
				for (const [at, id] of ids.entries()) {
					const codes = plainQuantize(vectors[id]!)!;
					expect(scores[at]).toBe(Math.fround(plainScore(codes, asked)));
					const bound = asked.norm * codes.residual + asked.error * codes.norm;
					const exact = plainDot(query!, vectors[id]!);
					expect(Math.abs(exact - plainScore(codes, asked))).toBeLessThanOrEqual(bound);
					expect(upperOf.get(id)).toBe(plainScore(codes, asked) + bound);
				}
			}),
			{ numRuns: 150 },
		);
	});

	test('the best by the exact score are always among the candidates, equal scores and filters included', () => {
		const withRepeats = someVectors.chain(([query, ...vectors]) =>
			fc.record({
				query: fc.constant(query!),
				vectors: fc.array(fc.constantFrom(...vectors), { minLength: 1, maxLength: 80 }),
				k: fc.integer({ min: 1, max: 12 }),
				residue: fc.integer({ min: 0, max: 2 }),
				least: fc.constantFrom(-Infinity, 0, 0.3),
			}),
		);
		fc.assert(
			fc.property(withRepeats, ({ query, vectors, k, residue, least }) => {
				const accept = (id: number) => id % 3 !== residue;
				const found = new Set(tableOf(vectors).scan(query, k, least, accept).ids);
				const best = new Best(k);
				for (const [id, vector] of vectors.entries()) {
					const score = plainDot(query, vector);
					if (accept(id) && score >= least) best.add(id, score);
				}
				for (const { id } of best.sorted()) expect(found).toContain(id);
				for (const id of found) expect(accept(id)).toBe(true);
			}),
			{ numRuns: 150 },
		);
	});

	test('of vectors like a model’s, few more than asked for are candidates', () => {
		const random = seeded(1);
		const vectors = Array.from({ length: 5000 }, () =>
			Float32Array.from(normalised(Array.from({ length: 384 }, random))),
		);
		expect(tableOf(vectors).scan(vectors[17]!, 10).ids.length).toBeLessThan(60);
	});

	test('more equal candidates than one part of a scan holds are all given', () => {
		const vector = Float32Array.of(0.6, 0.8);
		const table = tableOf(Array.from({ length: 40_000 }, () => vector));
		expect(new Set(table.scan(vector, 5).ids).size).toBe(40_000);
	});

	test('a vector with a number that is not finite, or of another length, is refused, and nothing changes', () => {
		const table = tableOf([Float32Array.of(1, 0)]);
		for (const bad of [[Number.NaN, 1], [1, Infinity], [-Infinity, 0], [1], [1, 0, 0]])
			for (const id of [0, 1]) expect(() => table.set(id, Float32Array.from(bad))).toThrow(RangeError);
		expect(() => table.scan(Float32Array.of(1, Number.NaN), 1)).toThrow(RangeError);
		expect(table.size).toBe(1);
		expect([...table.approximate(Float32Array.of(1, 0)).scores]).toEqual([1]);
	});

	test('edits in any order leave what a fresh build has', () => {
		const edit = fc.record({
			kind: fc.constantFrom('set', 'set', 'remove'),
			id: fc.integer({ min: 0, max: 40 }),
			vector: fc.array(numberOfAnyKind, { minLength: 5, maxLength: 5 }).map((all) => Float32Array.from(all)),
		});
		fc.assert(
			fc.property(fc.array(edit, { maxLength: 120 }), (edits) => {
				const edited = new CodeTable(5);
				const kept = new Map<number, Float32Array>();
				for (const { kind, id, vector } of edits) {
					if (kind === 'remove') {
						edited.remove(id);
						kept.delete(id);
					} else {
						edited.set(id, vector);
						kept.set(id, vector);
					}
				}
				const fresh = new CodeTable(5);
				for (const [id, vector] of kept) fresh.set(id, vector);
				const query = Float32Array.of(0.1, -0.2, 0.3, 0, 1);
				expect(scoresById(edited, query)).toEqual(scoresById(fresh, query));
				expect(edited.size).toBe(kept.size);
				for (let id = 0; id <= 40; id++) expect(edited.has(id)).toBe(kept.has(id));
			}),
		);
	});

	test('rows moved to another table score the same', () => {
		const random = seeded(2);
		const table = tableOf(Array.from({ length: 20_000 }, () => Float32Array.from([random(), random()])));
		table.remove(5);
		const moved = new CodeTable(2);
		for (const rows of table.rows()) moved.adopt(rows);
		const query = Float32Array.of(0.3, 0.7);
		expect(moved.approximate(query)).toEqual(table.approximate(query));
		moved.remove(7);
		expect(moved.has(7)).toBe(false);
	});
});

function tableOf(vectors: readonly Float32Array[]): CodeTable {
	const table = new CodeTable(vectors[0]?.length ?? 1);
	for (const [id, vector] of vectors.entries()) table.set(id, vector);
	return table;
}

function scoresById(table: CodeTable, query: Float32Array): Map<number, number> {
	const { ids, scores } = table.approximate(query);
	return new Map([...ids].map((id, at) => [id, scores[at]!] as const).sort(([a], [b]) => a - b));
}

function normalised(vector: readonly number[]): number[] {
	const norm = Math.hypot(...vector);
	return norm === 0 ? [...vector] : vector.map((value) => value / norm);
}

/** Numbers of -1 to 1, the same in every run. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 31 - 1;
	};
}
