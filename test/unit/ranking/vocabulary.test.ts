import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Vocabulary } from '../../../server/src/core/ranking/vocabulary.ts';

function known(...terms: readonly string[]): Vocabulary {
	const vocabulary = new Vocabulary();
	vocabulary.add(terms);
	return vocabulary;
}

function check(typed: string, expected: readonly string[]): void {
	const vocabulary = known('sourdough', 'bread', 'broad', 'read', 'naïve');
	const near = [...vocabulary.editsOf(typed)].filter((edit) => vocabulary.has(edit));
	expect(near.sort()).toEqual(expected);
}

test('a missing letter is put in', () => check('soudough', ['sourdough']));
test('a letter too many is taken out', () => check('sourddough', ['sourdough']));
test('a wrong letter is replaced', () => check('saurdough', ['sourdough']));
test('swapped letters are swapped back', () => check('suordough', ['sourdough']));
test('the first letter is taken to be right', () => check('bourdough', []));
test('a short word is not taken for another that is a letter off', () => check('brend', []));
test('the word itself is none of its neighbours', () => check('sourdough', []));
test('letters of other scripts are tried', () => {
	const vocabulary = known('молоко');
	expect([...vocabulary.editsOf('молко')]).toContain('молоко');
	expect([...vocabulary.editsOf('milk')]).not.toContain('mмilk');
});
test('two mistakes are one too many', () => check('suordogh', []));

test('the beginning of a word finds it, two letters do not', () => {
	const vocabulary = known('sourdough', 'sour', 'soup');
	expect(vocabulary.startingWith('sour')).toEqual(['sourdough']);
	expect(vocabulary.startingWith('so')).toEqual([]);
});

test('every word with a letter dropped finds the whole', () => {
	const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 2, maxLength: 8 });
	fc.assert(
		fc.property(word, fc.nat(), (whole, at) => {
			const cut = 1 + (at % (whole.length - 1));
			const typed = whole.slice(0, cut) + whole.slice(cut + 1);
			expect([...known(whole).editsOf(typed)]).toContain(whole);
		}),
	);
});
