import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block } from '../../../server/src/core/markdown/note.ts';
import { cutBlock } from '../../../server/src/core/markdown/pieces.ts';
import { countWords, words } from './countWords.ts';

/** The block begins on line 10 and, but for the fences of code, has a line for each of its text's. */
function check(
	kind: Block['kind'],
	text: string,
	budget: number,
	expected: readonly (readonly [string, number, number])[],
) {
	const lines = text.split('\n').length + (kind === 'code' ? 2 : 0);
	const block = { kind, depth: 0, text, startLine: 10, endLine: 9 + lines };
	const pieces = cutBlock(block, budget, countWords);
	expect(pieces.map(({ text, startLine, endLine }) => [text, startLine, endLine])).toEqual(expected);
	for (const piece of pieces) {
		expect(piece.kind).toBe(kind);
		expect(piece.tokens).toBe(countWords(piece.text));
		expect(piece.tokens).toBeLessThanOrEqual(budget);
	}
}

test('what fits stays whole', () => check('prose', 'One two. Three.', 3, [['One two. Three.', 10, 10]]));

test('prose is cut between sentences', () =>
	check('prose', 'One two three. Four five.\nSix seven. Eight.', 5, [
		['One two three. Four five.', 10, 10],
		['Six seven. Eight.', 11, 11],
	]));

test('a long sentence is cut between words', () =>
	check('prose', 'one two three\nfour five six\nseven', 3, [
		['one two three', 10, 10],
		['four five six', 11, 11],
		['seven', 12, 12],
	]));

test('a long word is cut between characters, whole ones', () =>
	check('prose', '🌳'.repeat(40), 2, [
		['🌳'.repeat(20), 10, 10],
		['🌳'.repeat(20), 10, 10],
	]));

test('code is cut between lines', () =>
	check('code', 'let a;\nlet b;\n\nlet c;\nlet d;', 4, [
		['let a;\nlet b;', 10, 12],
		['let c;\nlet d;', 14, 16],
	]));

test('indented code has no line of fence', () => {
	const block = {
		kind: 'code',
		depth: 0,
		text: 'let a;\nlet b;\nlet c;',
		startLine: 10,
		endLine: 12,
	} as const;
	expect(cutBlock(block, 2, countWords).map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
		[10, 10],
		[11, 11],
		[12, 12],
	]);
});

test('each part of a table has the header', () =>
	check('table', '| k |\n|---|\n| a |\n| b |\n| c |', 12, [
		['| k |\n|---|\n| a |\n| b |', 10, 13],
		['| k |\n|---|\n| c |', 14, 14],
	]));

test('a header that leaves no room for rows is not repeated', () =>
	check('table', `| ${words(6)} |\n|---|\n| a |\n| b |`, 9, [
		[`| ${words(6)} |\n|---|`, 10, 11],
		['| a |\n| b |', 12, 13],
	]));

test('a row that is too long is cut between words', () =>
	check('table', `|k|\n|-|\n|${words(6, '')}|\n|b|`, 6, [
		['|k|\n|-|\n|1 2 3 4', 10, 12],
		['|k|\n|-|\n5 6|\n|b|', 12, 13],
	]));

test('all text is in the pieces, in order, and none is empty', () => {
	const bits = [
		'word ',
		'a. ',
		'longer-than-ten-characters ',
		'\n',
		'\n\n',
		'B! ',
		'日本語。',
		'x'.repeat(45),
		'  ',
	];
	const kinds = fc.constantFrom<Block['kind']>('prose', 'list', 'code', 'html');
	const texts = fc
		.array(fc.constantFrom(...bits), { minLength: 1, maxLength: 40 })
		.map((parts) => parts.join('').trim());
	fc.assert(
		fc.property(kinds, texts, fc.integer({ min: 1, max: 12 }), (kind, text, budget) => {
			const lines = text.split('\n').length;
			const pieces = cutBlock({ kind, depth: 0, text, startLine: 1, endLine: lines }, budget, countWords);
			expect(
				pieces
					.map((piece) => piece.text)
					.join('')
					.replace(/\s/g, ''),
			).toBe(text.replace(/\s/g, ''));
			for (const piece of pieces) {
				if (text !== '') expect(piece.text).not.toBe('');
				expect(countWords(piece.text)).toBeLessThanOrEqual(budget);
				expect(piece.startLine).toBeLessThanOrEqual(piece.endLine);
				expect(piece.endLine).toBeLessThanOrEqual(lines);
			}
		}),
	);
});
