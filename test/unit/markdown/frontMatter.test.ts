import { expect, test } from 'vitest';
import { type FrontMatter, readFrontMatter } from '../../../server/src/core/markdown/frontMatter.ts';

function check(yaml: string, expected: Partial<FrontMatter>): void {
	expect(readFrontMatter(yaml, 2)).toEqual({
		title: undefined,
		aliases: [],
		tags: [],
		problems: [],
		...expected,
	});
}

function problem(yaml: string, line: number, message = ''): void {
	check(yaml, {
		problems: [{ line, message: expect.stringContaining(`Front matter is not valid YAML: ${message}`) }],
	});
}

test('front matter gives title, aliases and tags', () =>
	check('title: Oak\naliases: [The oak, Quercus]\ntags: [tree, big/old]\nother: 1', {
		title: 'Oak',
		aliases: ['The oak', 'Quercus'],
		tags: ['tree', 'big/old'],
	}));

test('lists may be written by lines', () =>
	check('aliases:\n  - One\n  - Two\ntags:\n  - a\n', { aliases: ['One', 'Two'], tags: ['a'] }));

test('lists may be written as one text: aliases by comma, tags by space too', () =>
	check('alias: The oak, Quercus\ntags: "#tree, old  big"', {
		aliases: ['The oak', 'Quercus'],
		tags: ['tree', 'old', 'big'],
	}));

test('singular and plural add up', () =>
	check('alias: A\naliases: [B]\ntag: c\ntags: [d]', { aliases: ['A', 'B'], tags: ['c', 'd'] }));

test('numbers are names as well', () =>
	check('title: 1984\naliases: [7]', { title: '1984', aliases: ['7'] }));

test('CRLF line ends are line ends', () =>
	check('title: A\r\ntags:\r\n  - b\r\n', { title: 'A', tags: ['b'] }));

test('what is no name is left out', () =>
	check('title: [a]\naliases: [{x: 1}, null, true, "", " b "]\ntags: ["#", ok]', {
		aliases: ['b'],
		tags: ['ok'],
	}));

test.each(['', '# a comment', 'title:', 'title: " "', 'tags: #tree', '~'])('nothing is said by %j', (yaml) =>
	check(yaml, {}),
);

test('a fault is told with its line in the note', () => {
	problem('title: A\nb: c\nx: [1, 2', 4);
	problem('title: "open', 2);
	problem('a: 1\nb: 2\na: 3', 4);
});

test('a list or a text is no front matter', () => {
	problem('- a\n- b', 2, 'it must hold names and values');
	problem('just words', 2, 'it must hold names and values');
});

test('aliases that multiply are refused', () => {
	const levels = Array.from(
		{ length: 25 },
		(_, level) => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}]`,
	);
	problem(['l0: &l0 [x, x]', ...levels].join('\n'), 2);
});

test('an alias of itself or of nothing is a problem at most', () => {
	expect(readFrontMatter('a: &a [*a]\ntitle: T', 2)).toMatchObject({});
	problem('a: *nothing', 2);
});

test('nesting without end is a problem', () => {
	for (const yaml of [`a: ${'['.repeat(10_000)}`, '{a: '.repeat(10_000), '- '.repeat(10_000)]) {
		expect(readFrontMatter(yaml, 2).problems).toHaveLength(1);
	}
});

test('names of the language itself do no harm', () => {
	expect(readFrontMatter('__proto__: {title: x}\nconstructor: 1\ntoString: 2', 2).title).toBeUndefined();
	expect(({} as { title?: string }).title).toBeUndefined();
});
