import { expect, test } from 'vitest';
import { detectLanguage, type Language } from '../../../server/src/core/ranking/languages.ts';
import { plainWords, terms } from '../../../server/src/core/ranking/tokens.ts';

function check(text: string, language: Language): void {
	expect(detectLanguage(text)).toBe(language);
}

test('English is told', () =>
	check('The bread is in the oven, and it is not yet done for the guests.', 'en'));
test('German is told', () => check('Das Brot ist im Ofen und es ist noch nicht fertig für die Gäste.', 'de'));
test('Swedish is told', () =>
	check('Brödet är i ugnen och det är inte klart för att ätas av gästerna än.', 'sv'));
test('French is told', () =>
	check("Le pain est dans le four et il n'est pas prêt pour les invités de la fête.", 'fr'));
test('Russian is told', () => check('Хлеб в печи, и он не готов, но гости уже на пороге, как и я.', 'ru'));
test('what can not be told counts as English', () => check('Milk, eggs, 12 apples', 'en'));
test('English full of German names stays English', () =>
	check(
		'The word "der" and "die" in German: the rules of the article are not easy to learn for the reader.',
		'en',
	));

test('forms of a German word share their stem', () =>
	expect(terms('Bäckereien Bäckerei', 'de')).toEqual(['backerei', 'backerei']));
test('forms of a Swedish word share their stem', () =>
	expect(terms('recepten recept', 'sv')).toEqual(['recept', 'recept']));
test('English keeps the stems of Porter', () => expect(terms('houses baking')).toEqual(['hous', 'bake']));
test('without a language words stay as they are', () =>
	expect(terms('Houses bäckereien', 'none')).toEqual(['houses', 'backereien']));
test('plain words keep small ones and their endings', () =>
	expect(plainWords("It's the Café’s houses")).toEqual(['it', 'the', 'cafe', 'houses']));
