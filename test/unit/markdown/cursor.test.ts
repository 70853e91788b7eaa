import { expect, test } from 'vitest';
import { type ThingAt, thingAt } from '../../../server/src/core/markdown/cursor.ts';

/** `|` is the cursor; a link's text is told by its offsets. */
function check(marked: string, expected: (Partial<ThingAt> & { written?: string }) | undefined): void {
	const at = marked.indexOf('¦');
	const text = marked.replace('¦', '');
	const above = marked.slice(0, at).split('\n');
	const found = thingAt(text, above.length - 1, above.at(-1)!.length);
	if (found?.kind !== 'link') return expect(found).toEqual(expected);
	const { start, end, ...link } = found;
	const written = text.split('\n')[above.length - 1]!.slice(start, end);
	expect({ ...link, written }).toEqual({ written, ...expected });
}

const oak = { kind: 'link', target: 'oak', written: '[[oak]]' } as const;

test('a wikilink is found from its first mark to its last', () => {
	check('a ¦[[oak]] b', oak);
	check('a [[o¦ak]] b', oak);
	check('a [[oak]]¦ b', oak);
});

test('beside a wikilink there is nothing', () => {
	check('a¦ [[oak]] b', undefined);
	check('a [[oak]] b¦', undefined);
});

test('of several wikilinks the one at the cursor is found', () => check('[[elm]] [[o¦ak]] [[ash]]', oak));
test('words of its own are told', () =>
	check('[[ oak | the ¦tree ]]', { kind: 'link', target: 'oak', alias: 'the tree' }));
test('the bar in a table is escaped', () =>
	check('| [[oa¦k\\|tree]] |', { kind: 'link', target: 'oak', alias: 'tree' }));
test('heading and block are no part of the target', () => {
	check('[[oak#Ro¦ots]]', { kind: 'link', target: 'oak' });
	check('[[oak#^b¦1]]', { kind: 'link', target: 'oak' });
	check('[[#Ro¦ots]]', { kind: 'link', target: '' });
});
test('an embed is a link, its mark included', () => check('¦![[oak]]', { ...oak, written: '![[oak]]' }));
test('an escaped wikilink is none', () => check('\\[[o¦ak]]', undefined));
test('a heading is found anywhere on its line', () =>
	check('## Old ¦trees ##', { kind: 'heading', text: 'Old trees' }));
test('a link in a heading goes first', () => {
	check('# Of [[o¦ak]]', oak);
	check('# O¦f [[oak]]', { kind: 'heading', text: 'Of [[oak]]' });
});
test('a heading without words is none', () => check('# ¦', undefined));
test('a tag is no heading', () => check('#o¦ak', undefined));
test('CRLF line ends are line ends', () => {
	check('a\r\n[[o¦ak]]\r\n', oak);
	check('a\r\n# O¦ak\r\n', { kind: 'heading', text: 'Oak' });
});

test.each([
	['inline code', 'a `[[o¦ak]]` b'],
	['inline code of two marks', '`` ` [[o¦ak]] ``'],
	['a fence', '```\n[[o¦ak]]\n```'],
	['a fence with a shorter one in it', '````\n```\n[[o¦ak]]\n````'],
	['a fence of tildes with one of backticks in it', '~~~\n```\n~~\n# O¦ak\n~~~'],
	['an unclosed fence', '```md\n\n\n[[o¦ak]]'],
	['the mark of a fence', '```[[o¦ak]]'],
	['a comment on a line', 'a <!-- [[o¦ak]] --> b'],
	['a comment that begins on the line', 'a <!-- [[o¦ak]]\n-->'],
	['a comment over lines', '<!--\n[[o¦ak]]\n-->'],
	['front matter', '---\nup: "[[o¦ak]]"\n---\n'],
	['front matter with a comment', '---\n# O¦ak\n---\n'],
])('%s holds nothing', (_where, marked) => check(marked, undefined));

test.each([
	['a fence', '```\na\n```\n[[o¦ak]]'],
	['a fence closed by a longer one', '```\na\n`````\n[[o¦ak]]'],
	['code of three marks on a line', '```a```\n[[o¦ak]]'],
	['a comment', '<!-- a\nb -->\n[[o¦ak]]'],
	['inline code on the line', '`a` [[o¦ak]] `b`'],
	['front matter', '---\r\na: b\r\n---\r\n[[o¦ak]]'],
	['a rule that closes nothing', '---\n\n[[o¦ak]]'],
])('after %s there are links again', (_what, marked) => check(marked, oak));

test('outside of the text there is nothing', () => {
	expect(thingAt('a', 5, 0)).toBeUndefined();
	expect(thingAt('[[a]]', 0, 99)).toBeUndefined();
	expect(thingAt('', 0, 0)).toBeUndefined();
});

test.each(['`', '`a ', '[[', '<!-- a', '%% ', '# '])(
	'a megabyte of %j on a line is looked at quickly',
	(bit) => {
		const line = bit.repeat(Math.min(1_000_000 / bit.length, bit.startsWith('<') ? 10_000 : 1_000_000));
		expect(thingAt(`${line}\n[[oak]]`, 0, 5)?.kind).not.toBe('link');
	},
);
