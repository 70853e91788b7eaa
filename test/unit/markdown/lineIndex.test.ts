import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineIndex } from '../../../server/src/core/markdown/lineIndex.ts';

function check(text: string, offset: number, line: number): void {
	expect(new LineIndex(text).lineAt(offset)).toBe(line);
}

test('an empty text has one line', () => check('', 0, 1));
test('a line end belongs to the line it ends', () => check('a\nb', 1, 1));
test('a line begins after a line end', () => check('a\nb', 2, 2));
test('both characters of a CRLF belong to the line they end', () => {
	check('a\r\nb', 2, 1);
	check('a\r\nb', 3, 2);
});
test('an offset past the end is on the last line', () => check('a\nb\n', 99, 3));

test('the line is one more than the line ends before the offset', () => {
	const texts = fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '🌳'), maxLength: 50 });
	fc.assert(
		fc.property(texts, fc.nat(60), (text, offset) =>
			check(text, offset, text.slice(0, offset).split('\n').length),
		),
	);
});
