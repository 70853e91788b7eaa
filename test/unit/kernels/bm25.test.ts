import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addStats, KeywordIndex } from '../../../server/src/kernels/keywordIndex.ts';

type Texts = Readonly<Record<number, string>>;

function build(texts: Texts): KeywordIndex {
	const index = new KeywordIndex();
	for (const [id, text] of Object.entries(texts)) add(index, Number(id), text);
	return index;
}

function add(index: KeywordIndex, id: number, text: string): void {
	const counts = new Map<string, number>();
	for (const term of text.split(' ').filter((term) => term !== ''))
		counts.set(term, (counts.get(term) ?? 0) + 1);
	index.add(id, [...counts.keys()], Uint16Array.from(counts.values()));
}

/** Scores of the found, by id. */
function check(index: KeywordIndex, query: string, expected: Readonly<Record<number, number>>): void {
	const terms = query.split(' ');
	const scores = index.score(terms, index.stats(terms));
	expect([...scores].map(([id]) => id).sort((a, b) => a - b)).toEqual(Object.keys(expected).map(Number));
	for (const [id, score] of scores) expect(score).toBeCloseTo(expected[id]!, 5);
}

const three = { 1: 'oak oak elm', 2: 'elm', 3: 'ash ash ash ash ash' };

/** BM25 of one term, written out: k1 0.9, b 0.4, the idf of Lucene; the three are 3 terms long in the mean. */
function bm25(found: number, count: number, length: number, passages = 3, meanLength = 3): number {
	const idf = Math.log(1 + (passages - found + 0.5) / (found + 0.5));
	return (idf * count * 1.9) / (count + 0.9 * (1 - 0.4 + (0.4 * length) / meanLength));
}

test('a term scores as BM25 has it', () => {
	check(build(three), 'oak', { 1: bm25(1, 2, 3) });
	check(build(three), 'elm', { 1: bm25(2, 1, 3), 2: bm25(2, 1, 1) });
	check(build(three), 'ash', { 3: bm25(1, 5, 5) });
});

test('the worked numbers of three passages', () => {
	// idf of one in three: ln(1 + 2.5/1.5) = 0.980829; times 2*1.9 / (2 + 0.9).
	check(build(three), 'oak', { 1: 1.285224 });
	// idf of two in three: ln(1 + 1.5/2.5) = 0.470004; times 1.9/1.9, and 1.9 / (1 + 0.9*(0.6 + 0.4/3)).
	check(build(three), 'elm', { 1: 0.470004, 2: 0.537957 });
});

test('the terms of a query add up', () =>
	check(build(three), 'oak elm ash', {
		1: bm25(1, 2, 3) + bm25(2, 1, 3),
		2: bm25(2, 1, 1),
		3: bm25(1, 5, 5),
	}));

test('a term that no passage has adds nothing', () => {
	check(build(three), 'fir', {});
	check(build(three), 'fir oak', { 1: bm25(1, 2, 3) });
});

test('an empty index finds nothing', () => {
	const index = new KeywordIndex();
	check(index, 'oak', {});
	expect(index.stats(['oak'])).toEqual({ passages: 0, totalLength: 0, frequencies: [0] });
});

test('a passage without terms counts as one of all', () => {
	const index = build({ 1: 'oak', 2: '' });
	expect(index.size).toBe(2);
	check(index, 'oak', { 1: bm25(1, 1, 1, 2, 0.5) });
});

test('a removed passage is neither found nor counted', () => {
	const index = build(three);
	index.remove(1);
	index.remove(1);
	expect(index.size).toBe(2);
	expect(index.stats(['oak', 'elm'])).toEqual({ passages: 2, totalLength: 6, frequencies: [0, 1] });
	check(index, 'oak elm', { 2: bm25(1, 1, 1, 2, 3) });
});

test('a passage may come back under its id', () => {
	const index = build(three);
	index.remove(2);
	add(index, 2, 'fir');
	check(index, 'elm fir', { 1: bm25(1, 1, 3), 2: bm25(1, 1, 1) });
});

test('two indexes score as one by their sums', () => {
	const one = build({ ...three, 4: 'oak ash', 5: 'elm elm' });
	const [left, right] = [build(three), build({ 4: 'oak ash', 5: 'elm elm' })];
	const query = ['oak', 'elm', 'fir'];
	const stats = addStats(left.stats(query), right.stats(query));
	expect(stats).toEqual(one.stats(query));
	expect(new Map([...left.score(query, stats), ...right.score(query, stats)])).toEqual(
		new Map(one.score(query, one.stats(query))),
	);
});

const vocabulary = ['oak', 'elm', 'ash', 'fir'];

test('edited in whatever order, the index is the one that a fresh build would be', () => {
	const texts = fc.array(fc.constantFrom(...vocabulary), { maxLength: 6 }).map((terms) => terms.join(' '));
	const steps = fc.array(fc.tuple(fc.nat(8), fc.option(texts, { nil: undefined })), { maxLength: 40 });
	fc.assert(
		fc.property(steps, (all) => {
			const live = new KeywordIndex();
			const kept = new Map<number, string>();
			for (const [id, text] of all) {
				live.remove(id);
				kept.delete(id);
				if (text === undefined) continue;
				add(live, id, text);
				kept.set(id, text);
			}
			expectSame(live, build(Object.fromEntries(kept)));
		}),
	);
});

test('an index that rewrites its postings is the one that a fresh build would be', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 2, max: 5 }), (seed, share) => {
			const textOf = (id: number) =>
				vocabulary
					.slice(0, 1 + ((id * seed) % 4))
					.join(' ')
					.repeat(1 + (id % 3));
			const live = new KeywordIndex();
			const kept: Record<number, string> = {};
			for (let id = 0; id < 3000; id++) add(live, id, textOf(id));
			// Of 3000 the postings are rewritten past a thousand dead, and again on what is left.
			for (let id = 0; id < 3000; id++) {
				if (id % share === 0) kept[id] = textOf(id);
				else live.remove(id);
			}
			for (let id = 3000; id < 4500; id++) {
				kept[id] = textOf(id);
				add(live, id, textOf(id));
			}
			expectSame(live, build(kept));
		}),
		{ numRuns: 8 },
	);
});

function expectSame(live: KeywordIndex, fresh: KeywordIndex): void {
	const stats = live.stats(vocabulary);
	expect(live.size).toBe(fresh.size);
	expect(stats).toEqual(fresh.stats(vocabulary));
	expect(new Map(live.score(vocabulary, stats))).toEqual(new Map(fresh.score(vocabulary, stats)));
}
