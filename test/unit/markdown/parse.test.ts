import { expect, test } from 'vitest';
import type { Block, ParsedNote } from '../../../server/src/core/markdown/note.ts';
import { parseNote } from '../../../server/src/core/markdown/parse.ts';

/** Each block as `kind startLine-endLine text`; a heading with its depth. */
function check(text: string, expected: readonly string[], dialect: 'md' | 'mdx' = 'md'): ParsedNote {
	const note = parseNote(text, dialect);
	expect(note.blocks.map(told)).toEqual(expected);
	return note;
}

function told({ kind, depth, text, startLine, endLine }: Block): string {
	return `${kind}${depth > 0 ? depth : ''} ${startLine}-${endLine} ${text}`;
}

test('an empty note has nothing, and nothing wrong', () => {
	expect(check('', [])).toEqual({
		title: undefined,
		aliases: [],
		anchors: [],
		tags: [],
		headings: [],
		links: [],
		blocks: [],
		problems: [],
	});
});

test('blocks are told apart, with their lines', () =>
	check(
		'# A *note*\n\nSome **words**\nand more.\n\n- one\n- two\n\n```js\nlet a;\n```\n\n| a |\n|---|\n| b |\n\n<p>c</p>\n',
		[
			'heading1 1-1 A note',
			'prose 3-4 Some words\nand more.',
			'list 6-6 - one',
			'list 7-7 - two',
			'code 9-11 let a;',
			'table 13-15 | a |\n|---|\n| b |',
			'html 17-17 c',
		],
	));

test('lines are those of the file with CRLF line ends', () =>
	check('# A\r\n\r\none\r\ntwo\r\n\r\n- x\r\n- y\r\n', [
		'heading1 1-1 A',
		'prose 3-4 one\r\ntwo',
		'list 6-6 - x',
		'list 7-7 - y',
	]));

test('lines are counted from the top of the file, front matter included', () =>
	check('---\ntitle: T\n---\n\nwords', ['prose 5-5 words']));

test('rules, definitions, comments and empty headings are no blocks', () =>
	check('a\n\n***\n\n[x]: y.md\n\n<!-- c -->\n\n#\n\nb', ['prose 1-1 a', 'prose 11-11 b']));

test('underlined headings are headings', () => {
	const { headings } = check('One\n===\n\nTwo\nlines\n---\n', ['heading1 1-2 One', 'heading2 4-6 Two lines']);
	expect(headings).toEqual([
		{ depth: 1, text: 'One', line: 1 },
		{ depth: 2, text: 'Two lines', line: 4 },
	]);
});

test('a hash in code is no heading', () => {
	expect(check('```\n# no\n```', ['code 1-3 # no']).headings).toEqual([]);
});

test.each<[string, string, string | undefined]>([
	['front matter', '---\ntitle: Front\n---\n# Head', 'Front'],
	['its first level-1 heading', '## Sub\n\n# Head\n\n# Other', 'Head'],
	['a heading with a link', '# [[oak|The oak]] `x`', 'The oak x'],
	['nothing', '## Sub', undefined],
])('a note is titled by %s', (_by, text, title) => expect(parseNote(text, 'md').title).toBe(title));

test('aliases and tags are each once, whatever their case', () => {
	const note = parseNote('---\naliases: [Oak, oak, Elm]\ntags: [Tree]\n---\n#tree #bark #Bark', 'md');
	expect(note.aliases).toEqual(['Oak', 'Elm']);
	expect(note.tags).toEqual(['Tree', 'bark']);
});

test('broken front matter is a problem with its line, and the note is read', () => {
	const note = check('---\ntitle: A\nx: [1\n---\n# Head\n\n[[oak]] #tag', [
		'heading1 5-5 Head',
		'prose 7-7 oak #tag',
	]);
	expect(note.problems).toEqual([
		{ line: 3, message: expect.stringMatching(/^Front matter is not valid YAML: /) },
	]);
	expect(note).toMatchObject({ title: 'Head', tags: ['tag'], links: [{ target: 'oak' }] });
});

test('front matter stands at the top alone, and must be closed', () => {
	expect(parseNote('\n---\ntitle: T\n---\n', 'md').title).toBeUndefined();
	expect(parseNote('---\ntitle: T\n', 'md').title).toBeUndefined();
});

test('the imports and exports of MDX are dropped, with lines kept', () => {
	const text =
		'---\ntitle: T\n---\nimport A from "[[x]]"\nexport const b = 1;\n\n# Head\n\n<A>words</A>\n\nimport of goods';
	const note = check(text, ['heading1 7-7 Head', 'prose 9-9 words', 'prose 11-11 import of goods'], 'mdx');
	expect(note).toMatchObject({ title: 'T', links: [] });
});

test('in markdown an import is prose', () => check('import A from "b"', ['prose 1-1 import A from "b"']));

test('markdown that its parser gives up on is read as paragraphs, and that is told', () => {
	const note = parseNote(`first\nlines\n\n${'>'.repeat(12_000)}\n\nlast`, 'md');
	expect(note.problems).toEqual([
		{ line: 1, message: expect.stringMatching(/^Read as plain text, because/) },
	]);
	expect(note.blocks.map(told).filter((block) => !block.includes('>'))).toEqual([
		'prose 1-2 first\nlines',
		'prose 6-6 last',
	]);
});

test.each(
	Object.entries({
		'quotes in quotes': '>'.repeat(10_000),
		'quotes in quotes with words': `${'> '.repeat(2_000)}deep`,
		'open brackets': '['.repeat(10_000),
		'brackets in brackets': '['.repeat(2_000) + ']'.repeat(2_000),
		'open wikilinks': '[['.repeat(5_000),
		'open embeds': '![['.repeat(5_000),
		'open links': '[a]('.repeat(2_000),
		emphasis: '*a_ '.repeat(1_000),
		'lists in lists': Array.from({ length: 150 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n'),
		'a long line': 'word '.repeat(210_000),
		'a long word': 'x'.repeat(1_050_000),
		'an unclosed fence': `\`\`\`\n${'a\n'.repeat(5_000)}`,
		'unclosed front matter': `---\n${'a: b\n'.repeat(2_000)}`,
		'open tags': '<a '.repeat(5_000),
		'open comments': '<!-- %% '.repeat(5_000),
		prices: '$a '.repeat(10_000),
		hashes: '#'.repeat(10_000),
		backticks: 'a`'.repeat(5_000),
		'a wide table': `${'|a'.repeat(2_000)}|\n${'|-'.repeat(2_000)}|`,
		'half characters and zeros': 'a\uD83C \uDF33 \0 [[\uD83C]]',
	}),
)('hostile input never throws: %s', (_what, text) => {
	const { blocks, links } = parseNote(text, 'md');
	expect(blocks.every(({ startLine, endLine }) => startLine >= 1 && endLine >= startLine)).toBe(true);
	expect(links.every(({ start, end }) => start >= 0 && end <= text.length && start < end)).toBe(true);
});
