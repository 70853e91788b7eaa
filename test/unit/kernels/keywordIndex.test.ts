import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeywordIndex } from '../../../server/src/kernels/keywordIndex.ts';
import { PlainKeywordIndex } from '../../../server/src/kernels/reference/plainKeywordIndex.ts';

const words = ['a', 'b', 'c', 'd', 'e', 'f', 'rare', 'größe', '三'];
const passage = fc.uniqueArray(fc.constantFrom(...words), { maxLength: words.length }).chain((terms) =>
	fc.record({
		terms: fc.constant(terms),
		counts: fc.array(fc.constantFrom(1, 1, 2, 127, 128, 300, 65_535), {
			minLength: terms.length,
			maxLength: terms.length,
		}),
	}),
);
const edit = fc.record({ kind: fc.constantFrom('add', 'add', 'remove'), id: fc.nat(300), passage });
const query = fc.uniqueArray(fc.constantFrom(...words, 'unknown'), { maxLength: 5 });

test('live edits score as the reference and as a fresh build do, to the last bit', () => {
	fc.assert(
		fc.property(fc.array(edit, { maxLength: 150 }), query, (edits, terms) => {
			const edited = new KeywordIndex();
			const plain = new PlainKeywordIndex();
			const kept = new Map<number, { terms: string[]; counts: number[] }>();
			for (const { kind, id, passage } of edits) {
				edited.remove(id);
				plain.remove(id);
				kept.delete(id);
				if (kind === 'remove') continue;
				edited.add(id, passage.terms, Uint16Array.from(passage.counts));
				plain.add(id, passage.terms, Uint16Array.from(passage.counts));
				kept.set(id, passage);
			}
			const fresh = new KeywordIndex();
			for (const [id, { terms, counts }] of kept) fresh.add(id, terms, Uint16Array.from(counts));
			const weights = terms.map((_, at) => 1 / (at + 1));
			const expected = sorted(plain.score(terms, plain.stats(terms), weights));
			for (const index of [edited, fresh]) {
				expect(index.stats(terms)).toEqual(plain.stats(terms));
				const scores = index.score(terms, index.stats(terms), weights);
				expect(sorted(scores)).toEqual(expected);
				for (const [id, score] of expected) expect(scores.get(id)).toBe(score);
			}
		}),
	);
});

test('many passages, and removing most of them, score as the reference does', () => {
	const random = seeded(3);
	const index = new KeywordIndex();
	const plain = new PlainKeywordIndex();
	for (let id = 0; id < 12_000; id++) {
		const terms = [...new Set(Array.from({ length: 20 }, () => `w${Math.floor(random() ** 3 * 2000)}`))];
		const counts = Uint16Array.from(terms, () => 1 + Math.floor(random() * 4));
		index.add(id, terms, counts);
		plain.add(id, terms, counts);
	}
	const agree = () => {
		for (const terms of [['w0', 'w1', 'w7'], ['w1999'], ['w3', 'none']]) {
			expect(index.stats(terms)).toEqual(plain.stats(terms));
			const found = index.score(terms, index.stats(terms));
			expect(sorted(found)).toEqual(sorted(plain.score(terms, plain.stats(terms))));
		}
	};
	agree();
	const bytes = index.bytes;
	for (let id = 0; id < 12_000; id++) {
		if (id % 5 === 0) continue;
		index.remove(id);
		plain.remove(id);
	}
	agree();
	expect(index.size).toBe(2400);
	expect(index.bytes).toBeLessThan(bytes / 2);
});

test('the best are those of all scores, by score and then by id, filtered before the cut', () => {
	const index = new KeywordIndex();
	for (const id of [9, 3, 7, 1, 5]) index.add(id, ['x'], Uint16Array.of(id === 5 ? 2 : 1));
	const scores = index.score(['x'], index.stats(['x']));
	expect(scores.top(3, () => true).map(({ id }) => id)).toEqual([5, 1, 3]);
	expect(scores.top(2, (id) => id !== 1 && id !== 5).map(({ id }) => id)).toEqual([3, 7]);
	expect(scores.top(9, () => true)).toHaveLength(5);
});

test('scores taken before an edit stay, but for the passages that are gone', () => {
	const index = new KeywordIndex();
	for (let id = 0; id < 3000; id++) index.add(id, ['x'], Uint16Array.of(1));
	const scores = index.score(['x'], index.stats(['x']));
	const before = scores.get(2999);
	for (let id = 0; id < 2900; id++) index.remove(id);
	index.add(5000, ['x'], Uint16Array.of(9));
	index.score(['x'], index.stats(['x']));
	expect(scores.get(2999)).toBe(before);
	expect(scores.get(5000)).toBeUndefined();
});

function sorted(scores: Iterable<readonly [number, number]>): (readonly [number, number])[] {
	return [...scores].sort(([a], [b]) => a - b);
}

/** Numbers of 0 to 1, the same in every run. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
