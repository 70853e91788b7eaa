import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunkNote } from '../../../server/src/core/markdown/chunk.ts';
import { parseNote } from '../../../server/src/core/markdown/parse.ts';
import { modelText } from '../../../server/src/core/markdown/passage.ts';
import { countWords, words } from './countWords.ts';

type Expected = readonly [lines: string, heading: string, text: string];

function check(text: string, maxTokens: number, expected: readonly Expected[]): void {
	const passages = chunkNote(parseNote(text, 'md'), countWords, maxTokens);
	expect(
		passages.map(({ heading, text, startLine, endLine }) => [`${startLine}-${endLine}`, heading, text]),
	).toEqual(expected);
	for (const passage of passages) expect(countWords(modelText(passage)) + 2).toBeLessThanOrEqual(maxTokens);
}

test('a note without text has no passages', () => {
	check('', 256, []);
	check('---\ntitle: T\n---\n\n***\n', 256, []);
});

test('a short note is one passage, of all its lines', () =>
	check('# A\n\none\n\n- two\n- three\n\n```\nfour\n```\n', 256, [
		['1-10', 'A', 'one\n\n- two\n- three\n\nfour'],
	]));

test('a heading alone is a passage', () => check('# A', 256, [['1-1', 'A', 'A']]));

test('a passage has the path of its headings', () =>
	check(`# A\n\n${words(20)}\n\n## B\n\n${words(20, 'b')}\n\n### C\n\n${words(20, 'c')}`, 30, [
		['1-3', 'A', words(20)],
		['5-7', 'A > B', words(20, 'b')],
		['9-11', 'A > B > C', words(20, 'c')],
	]));

test('the model reads headings, then text', () => {
	expect(modelText({ heading: 'A > B', text: 'c' })).toBe('A > B\n\nc');
	expect(modelText({ heading: '', text: 'c' })).toBe('c');
});

test('a section over the most tokens is cut between blocks, each under its heading', () =>
	check(`# A\n\n${words(15)}\n\n${words(10, 'x')}\n\n${words(15, 'y')}`, 30, [
		['1-5', 'A', `${words(15)}\n\n${words(10, 'x')}`],
		['7-7', 'A', words(15, 'y')],
	]));

test('a table, a list item and code are kept whole where they fit', () =>
	check(
		`${words(20)}\n\n\`\`\`\n${words(5, 'a')}\n${words(5, 'b')}\n\`\`\`\n\n- ${words(17, 'c')}\n\n|a|\n|-|\n|b|`,
		30,
		[
			['1-1', '', words(20)],
			['3-8', '', `${words(5, 'a')}\n${words(5, 'b')}\n\n- ${words(17, 'c')}`],
			['10-12', '', '|a|\n|-|\n|b|'],
		],
	));

test('of a long table every passage has the header', () =>
	check(`|k|v|\n|-|-|\n${Array.from({ length: 20 }, (_, at) => `|${at}|x|`).join('\n')}`, 12, [
		['1-10', '', `|k|v|\n|-|-|\n${[0, 1, 2, 3, 4, 5, 6, 7].map((at) => `|${at}|x|`).join('\n')}`],
		['11-18', '', `|k|v|\n|-|-|\n${[8, 9, 10, 11, 12, 13, 14, 15].map((at) => `|${at}|x|`).join('\n')}`],
		['19-22', '', `|k|v|\n|-|-|\n${[16, 17, 18, 19].map((at) => `|${at}|x|`).join('\n')}`],
	]));

test('short sections side by side share a passage', () =>
	check('# A\n\n## B\n\nb\n\n## C\n\nc', 60, [['3-9', 'A > B', 'b\n\nC\n\nc']]));

test('a passage grows no more once it is a third full', () =>
	check(`# A\n\n${words(10)}\n\n# B\n\nb\n\n# C\n\nc`, 30, [
		['1-3', 'A', words(10)],
		['5-11', 'B', 'b\n\nC\n\nc'],
	]));

test('sections below other headings share none', () =>
	check('# A\n\n## B\n\nb\n\n# C\n\n## D\n\nd', 60, [
		['3-5', 'A > B', 'b'],
		['9-11', 'C > D', 'd'],
	]));

test('a heading alone is said once where it shares a passage', () =>
	check('# A\n\na\n\n## B\n\n## C\n\nc', 60, [['1-9', 'A', 'a\n\nB\n\nC\n\nc']]));

test('a heading above headings is said where its sections share a passage', () =>
	check('# A\n\n## B\n\nb\n\n## C\n\n### D\n\nd', 60, [['3-11', 'A > B', 'b\n\nC\n\nD\n\nd']]));

test('of a long path the outermost headings are left out, and are text where no other passage says them', () =>
	check(`# ${words(6)}\n\n## ${words(7, 'b')}\n\n${words(20, 'c')}\n\n## D\n\nd`, 40, [
		['1-5', words(7, 'b'), `${words(6)}\n\n${words(20, 'c')}`],
		['7-9', `${words(6)} > D`, 'd'],
	]));

test('a heading too long for a heading is text', () =>
	check(`${words(30)}\n---\n\na`, 42, [
		['1-2', words(10), words(30)],
		['4-4', words(10), 'a'],
	]));

test('a word that is longer than a passage is cut', () =>
	check(
		'x'.repeat(250),
		12,
		[62, 63, 62, 63].map((length) => ['1-1', '', 'x'.repeat(length)]),
	));

const lines = fc.constantFrom(
	'',
	'',
	'# One two',
	'## Three',
	'### Four five six seven eight nine ten eleven twelve',
	'#### x',
	'---',
	'- item one',
	'  - nested two',
	'> quoted',
	'```',
	'| a | b |\n|---|---|\n| c | d |',
	'Some words. And more of them, in one sentence! Then others.',
	`${'y'.repeat(9)} `.repeat(20),
);

test('every word of the blocks is in some passage, no passage is empty or too long', () => {
	fc.assert(
		fc.property(fc.array(lines, { maxLength: 25 }), fc.integer({ min: 12, max: 60 }), (parts, maxTokens) => {
			const text = parts.map((part, at) => part.replace(/\b[a-z]+/gi, (word) => `${word}${at}`)).join('\n');
			const note = parseNote(text, 'md');
			const passages = chunkNote(note, countWords, maxTokens);
			const said = new Set(passages.flatMap((passage) => modelText(passage).match(/\w+/g) ?? []));
			for (const block of note.blocks)
				for (const word of block.text.match(/\w+/g) ?? []) expect(said).toContain(word);
			for (const passage of passages) {
				expect(passage.text.trim()).not.toBe('');
				expect(countWords(modelText(passage)) + 2).toBeLessThanOrEqual(maxTokens);
				expect(passage.startLine).toBeGreaterThanOrEqual(1);
				expect(passage.endLine).toBeGreaterThanOrEqual(passage.startLine);
				expect(passage.endLine).toBeLessThanOrEqual(text.split('\n').length);
			}
		}),
		{ numRuns: 300 },
	);
});
