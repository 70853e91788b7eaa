import { expect, test } from 'vitest';
import { readJudgements, readQueries, withoutEnding } from '../../../server/src/cli/queries.ts';
import { UserError } from '../../../server/src/ports/system.ts';

function check(content: string, expected: readonly (readonly [string, string])[]): void {
	expect(readQueries(content, 'q.jsonl').map(({ id, text }) => [id, text])).toEqual(expected);
}

function judged(lines: string, expected: Readonly<Record<string, Readonly<Record<string, number>>>>): void {
	const found = readJudgements(`query-id\tcorpus-id\tscore\n${lines}`, 'r.tsv');
	expect(Object.fromEntries([...found].map(([query, own]) => [query, Object.fromEntries(own)]))).toEqual(
		expected,
	);
}

/** The message names line and file. */
function refused(read: () => unknown, line: number, file: string): void {
	expect(read).toThrow(UserError);
	expect(read).toThrow(`Line ${line} of ${file} is not `);
}

test('queries are read, one a line', () =>
	check('{"_id":"1","text":"old oak"}\n{"text":"elm","_id":2,"metadata":{}}\n', [
		['1', 'old oak'],
		['2', 'elm'],
	]));
test('empty lines and CRLF line ends do not matter', () =>
	check('\r\n{"_id":"1","text":"a"}\r\n \n', [['1', 'a']]));
test('no lines are no queries', () => check('', []));

test.each([
	'oak',
	'{"_id":"1"}',
	'{"text":"oak"}',
	'{"_id":"1","text":2}',
	'null',
	'[]',
	'{"_id":"1","text":"o',
])('a line that is no query is told: %s', (line) =>
	refused(() => readQueries(`{"_id":"1","text":"a"}\n\n${line}`, 'q.jsonl'), 3, 'q.jsonl'),
);

test('judgements are read by query and note, below a header', () =>
	judged('q1\ta.md\t2\nq1\tx/b\t0\nq2\ta.md\t1\n', { q1: { a: 2, 'x/b': 0 }, q2: { a: 1 } }));
test('CRLF line ends and empty lines do not matter to judgements', () =>
	judged('q1\ta\t1\r\n\r\n', { q1: { a: 1 } }));
test('a header alone judges nothing', () => judged('', {}));

test.each(['q1 a 1', 'q1\ta', 'q1\ta\tgood', 'q1\ta\t', 'q1\ta\t '])(
	'a line that is no judgement is told: %j',
	(line) => refused(() => readJudgements(`head\n${line}`, 'r.tsv'), 2, 'r.tsv'),
);

test('a note is named without its ending', () => {
	expect(['a.md', 'x/b.MDX', 'c.markdown', 'd.v2', 'e.md.md'].map(withoutEnding)).toEqual([
		'a',
		'x/b',
		'c',
		'd.v2',
		'e.md',
	]);
});
