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
/** As many entries as a slice may copy: none is a turn without one. */
const slice = fc.constantFrom(0, 0, 1, 3, 50);
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
	while (index.compact());
	agree();
	expect(index.size).toBe(2400);
	expect(index.bytes).toBeLessThan(bytes / 2);
});

test('edits between the slices of a rewrite, in any order, leave what a fresh build has', () => {
	fc.assert(
		fc.property(fc.array(fc.record({ edit, slice }), { maxLength: 120 }), query, (turns, terms) => {
			const edited = new KeywordIndex();
			const kept = new Map<number, { terms: string[]; counts: number[] }>();
			const first = 10_000;
			for (let id = first; id < first + 1100; id++)
				edited.add(id, ['a', `w${id}`, 'b'], Uint16Array.of(1, 2, 3));
			for (let id = first; id < first + 1060; id++) edited.remove(id);
			for (let id = first + 1060; id < first + 1100; id++) {
				kept.set(id, { terms: ['a', `w${id}`, 'b'], counts: [1, 2, 3] });
			}
			// All slots but the last few, so that edits fall into all parts of the rewrite.
			expect(edited.compact(1090)).toBe(true);
			for (const {
				edit: { kind, id: near, passage },
				slice: entries,
			} of turns) {
				// Also those that were there before.
				const id = first + 1000 + near;
				edited.remove(id);
				kept.delete(id);
				if (kind !== 'remove') {
					edited.add(id, passage.terms, Uint16Array.from(passage.counts));
					kept.set(id, passage);
				}
				if (entries > 0) edited.compact(entries);
			}
			const fresh = new KeywordIndex();
			for (const [id, { terms: own, counts }] of kept) fresh.add(id, own, Uint16Array.from(counts));
			const agree = () => {
				for (const asked of [terms, ['w11095', 'a']]) {
					expect(edited.stats(asked)).toEqual(fresh.stats(asked));
					const scores = edited.score(asked, edited.stats(asked));
					expect(sorted(scores)).toEqual(sorted(fresh.score(asked, fresh.stats(asked))));
				}
			};
			agree();
			while (edited.compact(7));
			agree();
			expect(edited.isWasteful).toBe(false);
			// What comes after the rewrite finds its terms again.
			for (const index of [edited, fresh]) index.add(5, ['a', 'neu'], Uint16Array.of(2, 1));
			agree();
		}),
		{ numRuns: 60 },
	);
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
	while (index.compact());
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
