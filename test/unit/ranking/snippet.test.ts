import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSnippet } from '../../../server/src/core/ranking/snippet.ts';
import { terms } from '../../../server/src/core/ranking/tokens.ts';

/** The expected snippet, with `[…]` around its marks. */
function check(text: string, query: string, maxLength: number, expected: string): void {
	expect(marked(text, query, maxLength)).toBe(expected);
}

function marked(text: string, query: string, maxLength: number): string {
	const snippet = makeSnippet(text, new Set(terms(query)), maxLength);
	let shown = '';
	let from = 0;
	for (const [start, end] of snippet.marks) {
		shown += `${snippet.text.slice(from, start)}[${snippet.text.slice(start, end)}]`;
		from = end;
	}
	return shown + snippet.text.slice(from);
}

const filler = 'lorem ipsum dolor sit amet '.repeat(20).trim();

test('a short text is shown whole, its matches marked', () =>
	check('An oak beside oaks.', 'oak', 100, 'An [oak] beside [oaks].'));
test('white space is shown as one space', () =>
	check(' an\n\n  oak\t\r\ntree ', 'tree', 100, 'an oak [tree]'));
test('a text without matches is shown from its beginning', () =>
	check(filler, 'oak', 30, 'lorem ipsum dolor sit amet…'));
test('an empty text is an empty snippet', () => check('', 'oak', 30, ''));
test('without a query nothing is marked', () => check('an oak', '', 30, 'an oak'));
test('matches are marked without regard to case, accents and endings', () =>
	check('Cafés, CONNECTED', 'cafe connection', 100, '[Cafés], [CONNECTED]'));
test('a word and its parts are marked once', () =>
	check('use Node.js now', 'node.js', 100, 'use [Node.js] now'));

test('a match far down is shown, with words before it and ellipses', () => {
	const shown = marked(`${filler} oak ${filler}`, 'oak', 80);
	expect(shown).toMatch(/^….+ \[oak\] .+…$/);
	expect(shown).toContain('sit amet [oak] lorem');
});

test('the stretch with the most different terms is shown', () => {
	const shown = marked(`oak oak oak ${filler} an elm by an oak ${filler}`, 'oak elm', 100);
	expect(shown).toContain('an [elm] by an [oak]');
});

test('a match at the end is shown, without an ellipsis after it', () =>
	expect(marked(`${filler} oak`, 'oak', 60)).toMatch(/^….*\[oak\]$/));

test('words are not cut', () => {
	const shown = makeSnippet(`${filler} oak ${filler}`, new Set(['oak']), 70).text;
	for (const word of shown.replaceAll('…', '').split(' ')) expect(`${filler} oak`.split(' ')).toContain(word);
});

test('a match in a text without spaces is shown', () => {
	const text = `${'山川'.repeat(200)}、東京、${'海空'.repeat(200)}`;
	expect(marked(text, '東京', 100)).toMatch(/^….*\[東京\].*…$/);
});

test('a match that ends a long address is shown', () =>
	expect(marked(`${filler} https://a.org/${'x'.repeat(60)}/oak ${filler}`, 'oak', 100)).toContain('/[oak]'));

test('a run without spaces after a short word fills the snippet', () =>
	expect(makeSnippet(`はじめに ${'山'.repeat(300)}`, new Set(), 100).text).toHaveLength(101));

test('pictures are not cut', () => {
	for (let maxLength = 60; maxLength < 70; maxLength++) {
		for (const pad of ['', 'x']) {
			const text = `${pad}${'🌳'.repeat(100)}-oak-${pad}${'🌳'.repeat(100)}`;
			expect(isWhole(makeSnippet(text, new Set(['oak']), maxLength).text)).toBe(true);
		}
	}
});

test('a snippet is within its length, marks matches alone, and shows one where there is one', () => {
	const words = fc.constantFrom(
		'oak',
		'elm',
		'word',
		'🌳🌳',
		'Oaks',
		'東京に',
		'x'.repeat(90),
		'山川'.repeat(60),
		'…',
	);
	const texts = fc.array(fc.tuple(words, fc.constantFrom(' ', ' ', '-', '\n')), { maxLength: 60 });
	fc.assert(
		fc.property(texts, fc.integer({ min: 100, max: 240 }), (parts, maxLength) => {
			const text = parts.flat().join('');
			const query = new Set(['oak', 'elm']);
			const snippet = makeSnippet(text, query, maxLength);
			const shown = snippet.text.replace(/^…|…$/g, '');
			expect(shown.length).toBeLessThanOrEqual(maxLength);
			expect(text.replace(/\s+/g, ' ')).toContain(shown);
			expect(isWhole(snippet.text)).toBe(true);
			for (const [start, end] of snippet.marks)
				expect(snippet.text.slice(start, end)).toMatch(/^(?:oaks?|elm)$/i);
			const matches = terms(text).some((term) => query.has(term));
			expect(snippet.marks.length > 0).toBe(matches);
		}),
		{ numRuns: 300 },
	);
});

/** No half of a pair of surrogates. */
function isWhole(text: string): boolean {
	return [...text].every((character) => !/^[\uD800-\uDFFF]$/.test(character));
}
