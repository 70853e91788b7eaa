import fc from 'fast-check';
import { expect, test } from 'vitest';
import { terms, tokenize } from '../../../server/src/core/ranking/tokens.ts';

function check(text: string, expected: readonly string[]): void {
	expect(terms(text)).toEqual(expected);
}

/** Each term with the stretch of text it comes from. */
function places(text: string, expected: readonly (readonly [term: string, written: string])[]): void {
	expect(tokenize(text).map(({ term, start, end }) => [term, text.slice(start, end)])).toEqual(expected);
}

test('words are found without case and marks', () => check('Oak, ELM; (ash)!', ['oak', 'elm', 'ash']));
test('words repeat as they repeat', () => check('oak elm oak', ['oak', 'elm', 'oak']));
test('accents do not count', () => check('Café Ångström Žižek ёлка', ['cafe', 'angstrom', 'zizek', 'елка']));
test('accents do not count when they are characters of their own', () => check('cafe\u0301', ['cafe']));
test('a sharp s is two', () => check('Straße STRASSE', ['strass', 'strass']));
test('compatible characters are one', () => check('ﬁle Ｐｙｔｈｏｎ', ['file', 'python']));
test('English words lose their endings, as Porter has it', () =>
	check('running runs ran connection connected relational ponies', [
		'run',
		'run',
		'ran',
		'connect',
		'connect',
		'relat',
		'poni',
	]));
test('words of other alphabets keep theirs', () =>
	check('Деревья δέντρα שלום', ['деревья', 'δεντρα', 'שלום']));
test('vowel marks of Indic scripts stay', () => check('हिन्दी', ['हिन्दी']));
test('an apostrophe joins, and a genitive is dropped', () =>
	check("don't don’t oak's oak’s o'neill", ['dont', 'dont', 'oak', 'oak', 'oneil']));
test('quotes are no apostrophes', () => check("'oak' ‘elm’ dogs'", ['oak', 'elm', 'dog']));
test('names with dots are found whole and by their parts', () => {
	places('Node.js 2025.11.24', [
		['node.js', 'Node.js'],
		['node', 'Node'],
		['js', 'js'],
		['2025.11.24', '2025.11.24'],
		['2025', '2025'],
		['11', '11'],
		['24', '24'],
	]);
});
test('a dot at the end is none of a word', () => check('oak. elm...', ['oak', 'elm']));
test('C++, C# and F# are words', () => check('C C++ C# F# c++11', ['c', 'c++', 'c#', 'f#', 'c++', '11']));
test('the most frequent words do not count', () =>
	check('The oak is in a wood, and it was not there', ['oak', 'wood']));
test('dashes and underscores part words', () =>
	check('well-known snake_case', ['well', 'known', 'snake', 'case']));
test('numbers are words', () => check('42 v2 3rd', ['42', 'v2', '3rd']));

test('Japanese is cut into words, with their places', () =>
	places('東京都に行きました。', tokensOf('東京都に行きました', 'ja')));
test('Thai is cut into words, with their places', () => places('ฉันรักเธอ', tokensOf('ฉันรักเธอ', 'th')));
test('Latin words among Japanese are found', () => expect(terms('Python入門')).toContain('python'));

test('a note named by a question word can be found', () => check('Who? After', ['who', 'after']));
test('a text without words has no terms', () => check(' \n… — !? 🌳', []));
test('a word of any length is one', () => {
	expect(terms('x'.repeat(100_000))).toHaveLength(1);
});

test('offsets are those of the text, in order, whatever it holds', () => {
	const texts = fc.string({
		unit: fc.constantFrom(
			'é',
			'e\u0301',
			'🌳',
			'a',
			'B',
			'.',
			"'",
			'’',
			'+',
			'#',
			' ',
			'東',
			'の',
			'ไ',
			'1',
			'ﬁ',
			'\n',
		),
		maxLength: 30,
	});
	fc.assert(
		fc.property(texts, (text) => {
			let from = 0;
			for (const { term, start, end } of tokenize(text)) {
				expect(start).toBeGreaterThanOrEqual(from);
				expect(end).toBeGreaterThan(start);
				expect(end).toBeLessThanOrEqual(text.length);
				expect(term).not.toBe('');
				expect(term).not.toMatch(/\s/);
				from = start;
			}
		}),
	);
});

/** Words as the platform's dictionary has them; which ones these are is not ours to say. */
function tokensOf(text: string, locale: string): [string, string][] {
	const words = [...new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)].filter(
		(word) => word.isWordLike,
	);
	expect(words.length).toBeGreaterThan(1);
	return words.map(({ segment }) => [segment, segment]);
}
