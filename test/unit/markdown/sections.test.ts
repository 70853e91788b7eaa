import { expect, test } from 'vitest';
import { parseNote } from '../../../server/src/core/markdown/parse.ts';
import { cutSections } from '../../../server/src/core/markdown/sections.ts';

/** Each section as its path and the texts below. */
function check(text: string, expected: readonly (readonly [path: string, ...texts: string[]])[]): void {
	const sections = cutSections(parseNote(text, 'md'));
	expect(sections.map(({ path, blocks }) => [path.join(' > '), ...blocks.map(({ text }) => text)])).toEqual(
		expected,
	);
}

test('a note without text has no sections', () => check('', []));
test('text before any heading has no path', () => check('a\n\nb', [['', 'a', 'b']]));
test('a heading begins a section', () =>
	check('a\n\n# B\n\nc\n\n# D\n\ne', [
		['', 'a'],
		['B', 'c'],
		['D', 'e'],
	]));
test('a section hangs below the headings of lower depth', () =>
	check('# A\n\na\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n\nd', [
		['A', 'a'],
		['A > B', 'b'],
		['A > B > C', 'c'],
		['A > D', 'd'],
	]));
test('depths may be left out and come back', () =>
	check('### A\n\na\n\n# B\n\nb\n\n#### C\n\nc\n\n## D\n\nd', [
		['A', 'a'],
		['B', 'b'],
		['B > C', 'c'],
		['B > D', 'd'],
	]));
test('a heading with nothing below is left to those under it', () =>
	check('# A\n\n## B\n\n### C\n\nc', [['A > B > C', 'c']]));
test('a heading with nothing below and none under it is its own text', () =>
	check('# A\n\n## B\n\n## C\n\nc\n\n## D', [
		['A > B', 'B'],
		['A > C', 'c'],
		['A > D', 'D'],
	]));
test('the title of front matter stands above all headings', () =>
	check('---\ntitle: T\n---\na\n\n## B\n\nb', [
		['T', 'a'],
		['T > B', 'b'],
	]));
test('a title that the heading repeats is said once', () =>
	check('---\ntitle: A\n---\n# A\n\na\n\n## B\n\nb', [
		['A', 'a'],
		['A > B', 'b'],
	]));

test('headings that are left to those under them are borrowed by the first', () => {
	const sections = cutSections(parseNote('# A\n\n## B\n\n### C\n\nc\n\n### D\n\nd', 'md'));
	expect(sections.map(({ borrowed }) => borrowed.map(({ text }) => text))).toEqual([['A', 'B'], []]);
});
