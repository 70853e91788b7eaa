import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftNote } from '../../../server/src/core/markdown/draft.ts';

test('a passage begins at each heading, below the path of headings', () =>
	check('# Bread\n\nFlour.\n\n## Feeding\n\nRye.\n\n# Other\nx', [
		['Bread', 1, 4, '# Bread\n\nFlour.'],
		['Bread > Feeding', 5, 8, '## Feeding\n\nRye.'],
		['Other', 9, 10, '# Other\nx'],
	]));

test('front matter is not text, and names the title', () => {
	expect(draftNote('---\ntitle: "Night train"\ntags: [a]\n---\nLower bunk.').title).toBe('Night train');
	check('---\ntitle: x\n---\nLower bunk.', [['', 4, 4, 'Lower bunk.']]);
});

test('front matter that never ends is text', () => check('---\nno end', [['', 1, 2, '---\nno end']]));

test('a heading within a fence is code', () =>
	check('a\n```sh\n# not a heading\n```\n# b', [
		['', 1, 4, 'a\n```sh\n# not a heading\n```'],
		['b', 5, 5, '# b'],
	]));

test('a long text is cut at a blank line, and at last anywhere', () => {
	const paragraph = `${'word '.repeat(250)}\n\n`;
	expect(draftNote(paragraph.repeat(4)).passages).toHaveLength(4);
	expect(draftNote('word\n'.repeat(4000)).passages.length).toBeGreaterThan(3);
});

test('an empty note has no passage', () => check(' \r\n\r\n', []));

test('every line of a note without front matter is in a passage', () =>
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom('# h', '## h', 'word', '', '```', '- item', 'ä'.repeat(900))),
			(lines) => {
				const { passages } = draftNote(lines.join('\n'));
				const covered = passages.flatMap(({ text }) => text.split('\n').filter((line) => line !== ''));
				expect(covered).toEqual(lines.filter((line) => line !== ''));
			},
		),
	));

/** Heading, first line, last line and text of each passage. */
function check(text: string, expected: readonly (readonly [string, number, number, string])[]): void {
	const { passages } = draftNote(text);
	expect(passages.map((p) => [p.heading, p.startLine, p.endLine, p.text])).toEqual(expected);
}
