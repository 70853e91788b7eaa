import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskProse } from '../../../server/src/core/markdown/mask.ts';
import { parseTree } from '../../../server/src/core/markdown/tree.ts';

/** `_` in `expected` is a blank. */
function check(text: string, expected: string): void {
	expect(maskProse(text, parseTree(text))).toBe(expected.replaceAll('_', ' '));
}

test('prose stays', () => check('# A *b* [[c]] #d\n\n> e', '# A *b* [[c]] #d\n\n> e'));
test('code is blanked', () => check('a `b` c\n\n```\nd\n```', 'a ___ c\n\n___\n_\n___'));
test('HTML is blanked, what stands between tags stays', () => check('a <b>c</b>', 'a ___c____'));
test('front matter is blanked', () => check('---\na: b\n---\nc', '___\n____\n___\nc'));
test('of a link the words stay', () => check('a [b](c.md) d', 'a [b_______ d'));
test('pictures and definitions are blanked', () => check('a ![b](c)\n\n[d]: e', 'a _______\n\n______'));
test('comments are blanked, over lines as well', () => check('a %%b\n\nc%% d', 'a ___\n\n___ d'));
test('math is blanked', () => check('a $b$ c\n\n$$\nd\n$$', 'a ___ c\n\n__\n_\n__'));
test('prices are no math', () => check('a $5 or $ 6 $ or 7$', 'a $5 or $ 6 $ or 7$'));
test('a mark that is not closed hides nothing', () => check('a %% b $$ c $d', 'a %% b $$ c $d'));
test('marks within code hide nothing outside of it', () =>
	check('`%%` a `%%` b `$$` c `$$`', '____ a ____ b ____ c ____'));
test('CRLF line ends stay', () => check('`a`\r\n\r\n```\r\nb\r\n```\r\n', '___\r\n\r\n___\r\n_\r\n___\r\n'));

test('the masked text is as long as the text, with the same line ends', () => {
	const bits = [
		'`',
		'```',
		'\n',
		'\r\n',
		'%%',
		'$',
		'$$',
		'<b>',
		'[[a]]',
		'[b](c)',
		'> ',
		'- ',
		'🌳',
		'---\n',
		'x',
		' ',
	];
	const texts = fc.array(fc.constantFrom(...bits), { maxLength: 30 }).map((parts) => parts.join(''));
	fc.assert(
		fc.property(texts, (text) => {
			const masked = maskProse(text, parseTree(text));
			expect(masked).toHaveLength(text.length);
			for (let at = 0; at < text.length; at++) if (masked[at] !== text[at]) expect(masked[at]).toBe(' ');
			expect(masked.replace(/[^\r\n]/g, '')).toBe(text.replace(/[^\r\n]/g, ''));
		}),
		{ numRuns: 200 },
	);
});
