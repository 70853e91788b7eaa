import { expect, test } from 'vitest';
import { ratiosOf, tablesIn, withTables } from '../../../scripts/bench/markdownTables.ts';

const page = `Some words.

| passages | engine | p50 / p95 | note |
|--:|---|--:|---|
| 1000 | ours | 2.0 / 4.0 | fast |
| 1000 | theirs | 8.0 / 9.0 | slow |

More | words, and no table.

| a |
|---|
| b |
`;

test('tables are found, and what is none is not', () => {
	const tables = tablesIn(page);
	expect(tables.map(({ head, rows }) => [head[0], rows.length])).toEqual([
		['passages', 2],
		['a', 1],
	]);
	expect(tables[0]!.rows[0]).toEqual(['1000', 'ours', '2.0 / 4.0', 'fast']);
});

test('each figure of a pair has its ratio, by the names of its row', () => {
	const [now] = tablesIn(page.replace('2.0 / 4.0', '1.0 / **6.0**'));
	expect(ratiosOf(now!, tablesIn(page)).filter(({ row }) => row === '1000 · ours')).toEqual([
		{ row: '1000 · ours', column: 'p50 / p95 (1)', before: 2, now: 1, ratio: 0.5 },
		{ row: '1000 · ours', column: 'p50 / p95 (2)', before: 4, now: 6, ratio: 1.5 },
	]);
});

test('a row of another name, or a table of other columns, has none', () => {
	const [other] = tablesIn(page.replaceAll('1000', '2000'));
	expect(ratiosOf(other!, tablesIn(page))).toEqual([]);
	const [narrow] = tablesIn('| passages | engine |\n|--:|---|\n| 1000 | ours |\n');
	expect(ratiosOf(narrow!, tablesIn(page))).toEqual([]);
});

test('new figures replace those of their row, and nothing else', () => {
	const text =
		'| passages | engine | p50 / p95 | note |\n|--:|---|--:|---|\n| 1000 | ours | 1.0 / 3.0 | new |\n';
	const [measured] = tablesIn(text);
	expect(withTables(page, [measured!])).toBe(page.replace('2.0 / 4.0 | fast', '1.0 / 3.0 | new'));
	expect(withTables(page, [{ head: ['other'], rows: [['x']] }])).toBe(page);
});
