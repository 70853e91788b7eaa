import { expect, test } from 'vitest';
import type { LedgerEntry, LedgerResult } from '../../../server/src/protocol/ledger.ts';
import type { Hit, SearchResult } from '../../../server/src/protocol/search.ts';
import {
	askForEntries,
	askForPage,
	mergeLedgers,
	mergeSearches,
} from '../../../server/src/services/doors/asking/mergeAnswers.ts';

function answer(folder: string, scores: readonly number[], more: Partial<SearchResult> = {}): SearchResult {
	const hits = scores.map((score) => ({ folder, score, path: `${score}.md` }) as Hit);
	const coverage = { notes: 10, chunks: 20, embedded: 15 };
	return { query: 'q', total: scores.length, tookMs: 5, coverage, hits, stages: { scan: 2 }, ...more };
}

const scoresOf = ({ hits }: SearchResult) => hits.map(({ folder, score }) => `${folder} ${score}`);

test('answers of several leaders are one by score, cut to the page that was asked for', () => {
	const parts = [answer('a', [0.9, 0.5, 0.1]), answer('b', [0.7, 0.5])];
	expect(scoresOf(mergeSearches(parts, { query: 'q' }, 10))).toEqual([
		'a 0.9',
		'b 0.7',
		'a 0.5',
		'b 0.5',
		'a 0.1',
	]);
	expect(scoresOf(mergeSearches(parts, { query: 'q', offset: 1, limit: 2 }, 10))).toEqual(['b 0.7', 'a 0.5']);
	expect(scoresOf(mergeSearches(parts, { query: 'q' }, 1))).toEqual(['a 0.9']);
});

test('each leader is asked for everything up to the end of the page', () => {
	expect(askForPage({ query: 'q', offset: 20, limit: 5 }, 10)).toEqual({ query: 'q', offset: 0, limit: 25 });
	expect(askForPage({ query: 'q' }, 10)).toEqual({ query: 'q', offset: 0, limit: 10 });
});

test('totals and coverage are of all, times of the slowest, and what is off is said', () => {
	const slow = answer('b', [0.7], { tookMs: 9, stages: { scan: 1, embed: 8 }, semanticOff: 'No model.' });
	expect(mergeSearches([answer('a', [0.9, 0.5]), slow], { query: 'q' }, 10)).toMatchObject({
		...{ total: 3, tookMs: 9, stages: { scan: 2, embed: 8 }, semanticOff: 'No model.' },
		coverage: { notes: 20, chunks: 40, embedded: 30 },
	});
});

test('one answer is left as it is', () => {
	const only = answer('a', [0.9, 0.5]);
	expect(mergeSearches([only], { query: 'q', offset: 5 }, 10)).toBe(only);
});

test('ledgers of several leaders are one by path, cut to the page that was asked for', () => {
	const ledger = (folder: string, paths: readonly string[], failed: number): LedgerResult => ({
		total: paths.length,
		counts: { indexed: paths.length, pending: 1, skipped: 0, failed },
		entries: paths.map((path) => ({ uri: `${folder}/${path}`, path }) as LedgerEntry),
		excluded: [{ folder, by: 'files.exclude', notes: 1, folders: 0 }],
	});
	const parts = [ledger('b', ['a.md', 'c.md'], 1), ledger('a', ['a.md', 'b.md'], 2)];
	const { entries, ...rest } = mergeLedgers(parts, {});
	expect(entries.map(({ uri }) => uri)).toEqual(['a/a.md', 'b/a.md', 'a/b.md', 'b/c.md']);
	expect(rest).toMatchObject({ total: 4, counts: { indexed: 4, pending: 2, skipped: 0, failed: 3 } });
	expect(rest.excluded.map(({ folder }) => folder)).toEqual(['b', 'a']);
	const page = { offset: 1, limit: 2 };
	expect(mergeLedgers(parts, page).entries.map(({ uri }) => uri)).toEqual(['b/a.md', 'a/b.md']);
	expect(askForEntries({ path: 'x', ...page })).toEqual({ path: 'x', offset: 0, limit: 3 });
});
