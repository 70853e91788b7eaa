import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ParsedQuery, parseDates, parseQuery } from '../../../server/src/core/ranking/query.ts';

function check(query: string, expected: Partial<ParsedQuery>): void {
	expect(parseQuery(query)).toMatchObject({ phrases: [], excluded: [], filters: [], ...expected });
}

test('plain words stay as they were typed', () =>
	check(' why  was it slow? ', { text: 'why  was it slow?' }));

test.each([
	'foo:bar',
	'https://example.org/a?b',
	'C++ and C#',
	'at 10:30',
	'IL-6 receptor',
	'-5 degrees',
	'a - b',
])('%s is plain words', (query) => check(query, { text: query, words: query.split(' ') }));

test('a phrase is asked of the model too', () =>
	check('feed "sourdough starter" daily', {
		text: 'feed sourdough starter daily',
		words: ['feed', 'sourdough starter', 'daily'],
		phrases: ['sourdough starter'],
	}));

test('a quotation mark without its other half is plain', () =>
	check('"sourdough star', { text: '"sourdough star' }));

test('curly quotation marks make a phrase as well', () => check('“a loaf”', { phrases: ['a loaf'] }));

test('words and phrases with a minus are left out', () =>
	check('bread -yeast -"dry yeast" -gluten-free', {
		text: 'bread',
		excluded: ['yeast', 'dry yeast', 'gluten-free'],
	}));

test('operators become filters and are not asked of the model', () =>
	check('tag:#food bread -path:"My notes/*.md" Title:Sour folder:a', {
		text: 'bread',
		words: ['bread'],
		filters: [
			{ kind: 'tag', value: 'food', negated: false },
			{ kind: 'path', value: 'My notes/*.md', negated: true },
			{ kind: 'title', value: 'Sour', negated: false },
			{ kind: 'folder', value: 'a', negated: false },
		],
	}));

test('an operator still without its value is a plain word', () => check('tag:', { text: 'tag:' }));

test('a date that does not exist is plain words', () =>
	check('modified:2026-02-31', { text: 'modified:2026-02-31' }));

test('dates span what they name, in local time', () => {
	const at = (year: number, month: number, day = 1) => new Date(year, month - 1, day).getTime();
	expect(parseDates('2026')).toEqual({ fromMs: at(2026, 1), toMs: at(2027, 1) });
	expect(parseDates('2026-12')).toEqual({ fromMs: at(2026, 12), toMs: at(2027, 1) });
	expect(parseDates('>2026-01-31')).toEqual({ fromMs: at(2026, 2), toMs: Infinity });
	expect(parseDates('>=2026-01-31')).toEqual({ fromMs: at(2026, 1, 31), toMs: Infinity });
	expect(parseDates('<2026-01')).toEqual({ fromMs: -Infinity, toMs: at(2026, 1) });
	expect(parseDates('<=2026-01')).toEqual({ fromMs: -Infinity, toMs: at(2026, 2) });
});

test('nothing that can be typed fails, and a question without quotes, minus and colon is untouched', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (query) => {
			const { text } = parseQuery(query);
			if (!/["“”„«»:-]/.test(query)) expect(text).toBe(query.trim());
		}),
	);
	const piece = fc.constantFrom('-', '"', 'tag:', 'modified:', '>', '2026-01', ' ', 'word', '„', 'path:"');
	fc.assert(fc.property(fc.array(piece), (pieces) => void parseQuery(pieces.join(''))));
});
