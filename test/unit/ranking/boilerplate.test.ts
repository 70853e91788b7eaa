import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Boilerplate } from '../../../server/src/core/ranking/boilerplate.ts';

const none = new Set<string>();
/** The passage's words: the same for the same `from`. */
const words = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `word${from + at}`);

/** One passage a note, its id that of the note. */
function indexOf(passages: readonly (readonly string[])[]): Boilerplate {
	const index = new Boilerplate();
	for (const [at, terms] of passages.entries()) index.add(at, at, terms, none);
	return index;
}

function check(passages: readonly (readonly string[])[], expected: readonly number[]): void {
	const index = indexOf(passages);
	expect(passages.flatMap((_, at) => (index.has(at) ? [at] : []))).toEqual(expected);
}

test('a text that five notes hold is boilerplate', () =>
	check([...Array(5).fill(words(20)), words(20, 100)], [0, 1, 2, 3, 4]));

test('a text that four notes hold is not', () => check(Array(4).fill(words(20)), []));

test('in many notes, one in fifty must hold it', () => {
	const others = (count: number) => Array.from({ length: count }, (_, at) => words(20, 1000 * (at + 1)));
	check([...Array(10).fill(words(20)), ...others(490)], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	check([...Array(9).fill(words(20)), ...others(491)], []);
});

test('a long text is known by most of its words', () => {
	const almost = Array.from({ length: 12 }, (_, at) => [...words(97), ...words(3, 1000 * (at + 1))]);
	const index = indexOf(almost);
	expect(almost.filter((_, at) => index.has(at)).length).toBeGreaterThanOrEqual(10);
});

test('texts that share half of their words are not alike', () => {
	check(
		Array.from({ length: 40 }, (_, at) => [...words(40), ...words(60, 1000 * (at + 1))]),
		[],
	);
});

test('short texts are alike only word for word', () => {
	check(
		Array.from({ length: 30 }, (_, at) => ['buy', 'milk', `shop${at}`]),
		[],
	);
});

test('the words of the title do not tell a template from another', () => {
	const index = new Boilerplate();
	for (let note = 0; note < 6; note++) {
		index.add(note, note, [...words(8), `title${note}`], new Set([`title${note}`]));
	}
	expect(index.has(3)).toBe(true);
});

test('what one note repeats counts once', () => {
	const index = new Boilerplate();
	for (let passage = 0; passage < 20; passage++) index.add(1, passage, words(20), none);
	expect(index.has(0)).toBe(false);
});

test('a text stops to be boilerplate when notes lose it', () => {
	const index = indexOf(Array(5).fill(words(20)));
	index.remove(4);
	expect(index.has(0)).toBe(false);
	index.add(4, 9, words(20), none);
	expect([index.has(0), index.has(9), index.has(4)]).toEqual([true, true, false]);
});

test('edits in any order end as a fresh build', () => {
	const edit = fc.record({ note: fc.nat(7), texts: fc.array(fc.nat(2), { maxLength: 3 }) });
	fc.assert(
		fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
			const live = new Boilerplate();
			const notes = new Map<number, readonly number[]>();
			for (const { note, texts } of edits) {
				live.remove(note);
				for (const [at, text] of texts.entries()) live.add(note, note * 10 + at, words(15, text * 100), none);
				notes.set(note, texts);
			}
			const fresh = new Boilerplate();
			for (const [note, texts] of notes) {
				for (const [at, text] of texts.entries())
					fresh.add(note, note * 10 + at, words(15, text * 100), none);
			}
			for (let id = 0; id < 80; id++) expect(live.has(id)).toBe(fresh.has(id));
		}),
	);
});
