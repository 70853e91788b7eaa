import { expect, test } from 'vitest';
import { parseNote } from '../../../server/src/core/markdown/parse.ts';
import { uniqueNames } from '../../../server/src/core/markdown/tags.ts';

function check(text: string, expected: readonly string[]): void {
	expect(parseNote(text, 'md').tags).toEqual(expected);
}

test('a tag is a word after a hash', () => check('An #oak and #elm.', ['oak', 'elm']));
test('a tag may begin a line', () => check('#oak\n#elm', ['oak', 'elm']));
test('a nested tag keeps its path, without a slash at the end', () =>
	check('#tree/oak/old #tree/', ['tree/oak/old', 'tree']));
test('tags hold letters of every script, marks and pictures', () =>
	check('#日本語 #größe #हिन्दी #🌳tree', ['日本語', 'größe', 'हिन्दी', '🌳tree']));
test('tags hold digits, dashes and underscores', () =>
	check('#2024-plan #a_b #v2', ['2024-plan', 'a_b', 'v2']));
test('a number alone is no tag', () => check('#12 #2024 #1/2', []));
test('a tag ends at a mark', () =>
	check('#oak, #elm; (#ash) "#fir"! [#yew]', ['oak', 'elm', 'ash', 'fir', 'yew']));
test('a hash within a word or an address begins no tag', () =>
	check('C#sharp a#b https://a.org/#part [x](https://a.org/#part) &#35;x ##two', []));
test('a hash within a wikilink begins no tag', () => check('[[oak #bark]] [[#roots]] ![[a|b #c]]', []));
test('a heading is no tag, a tag in it is one', () => check('# Oak #tree', ['tree']));
test('the words of a markdown link may hold a tag', () => check('[see #oak](a.md)', ['oak']));
test('an escaped hash begins no tag', () => check('\\#oak', []));
test('tags of front matter come first', () =>
	check('---\ntags: [oak, "#elm"]\n---\n#ash #OAK', ['oak', 'elm', 'ash']));

test.each([
	['code', '`#a` ``` #b ```\n\n```\n#c\n```\n\n    #d\n'],
	['comments', '<!-- #a --> %% #b %%\n\n%%\n#c\n%%'],
	['math', '$x #a$ $#b$\n\n$$\n#c\n$$'],
	['front matter', '---\ncolour: "#abc"\n# a comment #x\n---\n'],
	['pictures and definitions', '![ #a](b.png)\n\n[x]: y.md "#b"'],
])('%s hold no tags', (_where, text) => check(text, []));

test('tags of a text with CRLF line ends', () => check('#a\r\n\r\n- #b\r\n', ['a', 'b']));

test('names are each once, as first written', () =>
	expect(uniqueNames(['Oak', 'elm', 'oak', 'ELM', 'É', 'é'])).toEqual(['Oak', 'elm', 'É']));
