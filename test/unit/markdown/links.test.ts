import { expect, test } from 'vitest';
import type { Link } from '../../../server/src/core/markdown/note.ts';
import { parseNote } from '../../../server/src/core/markdown/parse.ts';

type Found = Partial<Omit<Link, 'start' | 'end'>> & { readonly written?: string };

/** `written` is the text between the link's offsets. */
function check(text: string, expected: readonly Found[]): void {
	const found = parseNote(text, 'md').links.map(({ start, end, ...link }) => ({
		...link,
		written: text.slice(start, end),
	}));
	expect(found).toHaveLength(expected.length);
	for (const [at, link] of expected.entries()) {
		const { written, line, kind, target, ...rest } = found[at]!;
		const { written: wanted = written, line: wantedLine = line, ...others } = link;
		expect({ written, line, kind, target, ...rest }).toEqual({
			kind,
			written: wanted,
			line: wantedLine,
			...others,
		});
	}
}

test('a wikilink names a note', () =>
	check('See [[Oak tree]].', [{ kind: 'wiki', target: 'Oak tree', written: '[[Oak tree]]', line: 1 }]));

test('a wikilink may have words of its own', () =>
	check('[[oak | the tree]]', [{ target: 'oak', alias: 'the tree', written: '[[oak | the tree]]' }]));

test('a wikilink may lead to a heading', () =>
	check('[[oak#Roots and bark]]', [{ target: 'oak', heading: 'Roots and bark' }]));

test('a wikilink may lead to a block', () => check('[[oak#^a1-b2]]', [{ target: 'oak', block: 'a1-b2' }]));

test('a wikilink may have heading and words', () =>
	check('[[oak#Roots|below]]', [{ target: 'oak', heading: 'Roots', alias: 'below' }]));

test('a wikilink of a heading alone means its own note', () =>
	check('[[#Roots]]', [{ target: '', heading: 'Roots' }]));

test('a wikilink without heading after its mark has none', () => check('[[oak#]]', [{ target: 'oak' }]));

test('an embed is told from a link', () =>
	check('![[oak]] [[oak]]', [
		{ kind: 'embed', target: 'oak', written: '![[oak]]' },
		{ kind: 'wiki', target: 'oak', written: '[[oak]]' },
	]));

test('the bar of a wikilink in a table is escaped', () =>
	check('| a | b |\n|---|---|\n| [[oak\\|tree]] | [[elm#^x\\|elms]] |', [
		{ target: 'oak', alias: 'tree', written: '[[oak\\|tree]]', line: 3 },
		{ target: 'elm', block: 'x', alias: 'elms', line: 3 },
	]));

test('a markdown link leads to a path', () =>
	check('a [tree](trees/oak.md "Oak") b', [
		{ kind: 'markdown', target: 'trees/oak.md', written: '[tree](trees/oak.md "Oak")' },
	]));

test('a markdown link may have an anchor', () =>
	check('[x](oak.md#the-roots) [y](#here) [z](oak.md#^blk)', [
		{ target: 'oak.md', heading: 'the-roots' },
		{ target: '', heading: 'here' },
		{ target: 'oak.md', block: 'blk' },
	]));

test('spaces and letters of a markdown link may be encoded', () =>
	check('[x](My%20oak.md#The%20root) [y](<old oak.md>) [z](B%C3%BCcher.md) [p](100%.md)', [
		{ target: 'My oak.md', heading: 'The root' },
		{ target: 'old oak.md' },
		{ target: 'Bücher.md' },
		{ target: '100%.md' },
	]));

test('a picture of a note is a link, any other picture is none', () =>
	check('![x](oak.md) ![y](oak.png)', [{ kind: 'markdown', target: 'oak.md', relation: 'embed' }]));

test('a reference link leads where its definition says', () =>
	check('[tree][oak], [Oak][] and [oak]; not [elm][].\n\n[OAK]: oak.md#Bark\n[oak]: other.md', [
		{ target: 'oak.md', heading: 'Bark', written: '[tree][oak]', line: 1 },
		{ target: 'oak.md', heading: 'Bark', written: '[Oak][]' },
		{ target: 'oak.md', heading: 'Bark', written: '[oak]' },
	]));

test.each(['https://a.org/b.md', 'mailto:a@b.org', '//a.org/b.md', 'obsidian://open?file=a'])(
	'an address out of the folder is no link to a note: %s',
	(url) => check(`[x](${url}) <https://a.org> www.a.org`, []),
);

test('a query of an address is no part of the note', () =>
	check('[x](oak.md?raw=1#a)', [{ target: 'oak.md', heading: 'a' }]));

test('links in front matter are found in place', () =>
	check('---\nup: "[[Trees]]"\nsee:\n  - "[[elm|Elm]]"\n---\n[[oak]]', [
		{ target: 'Trees', relation: 'up', written: '[[Trees]]', line: 2 },
		{ target: 'elm', alias: 'Elm', relation: 'see', written: '[[elm|Elm]]', line: 4 },
		{ target: 'oak', written: '[[oak]]', line: 6 },
	]));

test('links in broken front matter are found', () =>
	check('---\nup: [[Trees]]\n  x: [\n---\n', [
		{ target: 'Trees', relation: 'up', written: '[[Trees]]', line: 2 },
	]));

test.each([
	['inline code', 'a `[[x]]` ``[y](y.md) ` [[z]]`` b'],
	['a fence', '```\n[[x]] [y](y.md)\n```'],
	['a fence of tildes', '~~~md\n[[x]]\n```\n[[y]]\n~~~'],
	['an unclosed fence', '```\n[[x]]\n\n[[y]]'],
	['indented code', 'a\n\n    [[x]]\n'],
	['an HTML comment', 'a <!-- [[x]] [y](y.md) --> b\n\n<!--\n[[z]]\n-->'],
	['a comment', 'a %%[[x]] and [y](y.md)%% b\n\n%%\n[[z]]\n\n[z](z.md)\n%%'],
	['inline math', 'a $[[x]]$ b $x [y](y.md) z$'],
	['a block of math', '$$\n[[x]]\n$$'],
	['the title of an address', '![a](a.png "[[x]]") [b](https://b.org "[[y]]")'],
	['escaped brackets', '\\[[x]] \\[y](y.md)'],
	['empty or unclosed brackets', '[[]] [[x] [[x\n]] [[ ['],
])('%s holds no link', (_where, text) => check(text, []));

test.each([
	'`$$` [[x]] `$$`',
	'`$A` [[x]] `$B`',
	'`%%` [[x]] `%%`',
	'```\n%%\n```\n[[x]] %%',
	'costs $5 [[x]] or $6',
])('marks of math or comments in code, and prices, hide no link: %s', (text) =>
	check(text, [{ kind: 'wiki', target: 'x', written: '[[x]]' }]),
);

test('a backslash of its own escapes nothing', () => check('\\\\[[x]]', [{ target: 'x', written: '[[x]]' }]));

test('links stand in lists, quotes, headings, tables, footnotes and in emphasis', () =>
	check('# [[a]]\n\n- [[b]]\n  - [c](c.md)\n\n> [[d]]\n\n**[[e]]** ~~[f](f.md)~~ x[^1]\n\n[^1]: [[g]]\n', [
		{ target: 'a', line: 1 },
		{ target: 'b', line: 3 },
		{ target: 'c.md', line: 4 },
		{ target: 'd', line: 6 },
		{ target: 'e', line: 8 },
		{ target: 'f.md', line: 8 },
		{ target: 'g', line: 10 },
	]));

test('offsets and lines hold with CRLF line ends and characters beyond 16 bits', () =>
	check('---\r\nup: "[[a]]"\r\n---\r\n# 🌳🌳\r\n\r\n🌳 [[b|🌳]] 🌳 [c](c.md)\r\n`x`\r\n[[d]]', [
		{ target: 'a', relation: 'up', written: '[[a]]', line: 2 },
		{ target: 'b', alias: '🌳', written: '[[b|🌳]]', line: 6 },
		{ target: 'c.md', written: '[c](c.md)', line: 6 },
		{ target: 'd', written: '[[d]]', line: 8 },
	]));
