import { expect, test } from 'vitest';
import { plainText } from '../../../server/src/core/markdown/plainText.ts';
import { parseTree } from '../../../server/src/core/markdown/tree.ts';

function check(text: string, expected: string): void {
	expect(plainText(parseTree(text))).toBe(expected);
}

test('marks of emphasis do not read', () => check('a **b** *c* ~~d~~ `e`', 'a b c d e'));
test('a markdown link reads as its words', () =>
	check('a [b *c*](d.md "e") <https://f.org>', 'a b c https://f.org'));
test('a wikilink reads as its name', () => check('a [[b c]] d', 'a b c d'));
test('a wikilink with words reads as the words', () => check('[[b#c|d e]]', 'd e'));
test('a wikilink to a heading reads as both', () => check('[[b#c]]', 'b > c'));
test('a wikilink to a heading of its own note reads as the heading', () => check('see [[#c]]', 'see c'));
test('a wikilink to a block reads as the note', () => check('[[b#^c1]]', 'b'));
test('an embed reads as its name', () => check('![[b]]', 'b'));
test('a picture reads as what it shows', () => check('![an oak](a.png) ![][b]\n\n[b]: c.png', 'an oak \n'));
test('block ids and comments do not read', () => check('a %%b%% c ^d-1\ne', 'a  c\ne'));
test('a caret within a line reads', () => check('2 ^x and more', '2 ^x and more'));
test('soft and hard line ends are line ends', () => check('a\nb  \nc', 'a\nb\nc'));
test('a list is lines, set in as it is nested', () =>
	check('1. a\n   - b\n   - c\n2. d', '- a\n  - b\n  - c\n- d'));
test('a quote is its paragraphs', () => check('> a\n>\n> b', 'a\nb'));
test('a table in a quote is its rows', () => check('> | a | b |\n> |---|---|\n> | c | d |', 'a | b\nc | d'));
test('of HTML the words read', () => check('<div class="x">\na <b>b</b>\n<!-- c -->\n</div>', 'a b'));
test('entities and escapes read as what they stand for', () => check('a &amp; b \\* c', 'a & b * c'));
test('front matter, rules and definitions do not read', () =>
	check('---\na: b\n---\nc\n\n***\n\n[d]: e', '\nc\n\n'));
