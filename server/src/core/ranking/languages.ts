import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as porter } from 'stemmer';

/** Languages whose words are reduced to stems, by ISO 639-1; `none` leaves words as they are. */
export const languages = [
	'none',
	'en',
	'da',
	'de',
	'es',
	'fi',
	'fr',
	'it',
	'nl',
	'no',
	'pt',
	'ru',
	'sv',
] as const;
export type Language = (typeof languages)[number];

/** Stems by language, of words in lower case with their accents. English is Porter's first, the others Snowball. */
export const stemmers: Readonly<Record<Language, (word: string) => string>> = {
	none: (word) => word,
	// Porter's rules are made for plain letters, and would cut an accented word at the wrong place.
	en: (word) => (/^[a-z]+$/.test(word) ? porter(word) : word),
	da: danish,
	de: german,
	es: spanish,
	fi: finnish,
	fr: french,
	it: italian,
	nl: dutch,
	no: norwegian,
	pt: portuguese,
	ru: russian,
	sv: swedish,
};

/** Small words that a language can't do without, each list about as frequent in its texts as the others. */
const smallWords: Readonly<Record<Exclude<Language, 'none'>, string>> = {
	en: 'the of and to in is that it for was with as be on are this by at from or an have not you which',
	da: 'og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi havde hun nu over da fra du ud blev også efter',
	de: 'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über',
	es: 'de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también',
	fi: 'ja on ei että se oli joka mutta hän ovat niin kun kuin tai myös ole sen olla jos nyt siitä ne mitä sekä minä vain voi tämä kanssa',
	fr: 'de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec ou son aux mais comme nous vous',
	it: 'di e il la che in a per un è non una con si da sono i le del della al come anche dei nel più alla ma gli lo questo ha delle',
	nl: 'de van het een en in is dat op te zijn met voor niet die er aan om ook als dan maar bij uit nog naar heeft door hij ze wordt worden deze',
	no: 'og i jeg det at en et den til er som på de med han av ikke der så var meg seg men ett har om vi hadde hun nå over da ved fra du ut ble også etter',
	pt: 'de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está',
	ru: 'и в не на я что он с это а как то этот по к но они мы она который из у за от так для вы же все или',
	sv: 'och det att i en jag hon som han på den med var sig för så till är men ett om hade de av icke mig du henne då sin nu har inte från eller',
};

const smallWordsOf = new Map(
	Object.entries(smallWords).map(([language, list]) => [language as Language, new Set(list.split(' '))]),
);

/** Most words are small in no language, which one look-up tells. */
const languagesOfSmallWord = new Map<string, Language[]>();
for (const [language, words] of smallWordsOf) {
	for (const word of words) {
		const shared = languagesOfSmallWord.get(word);
		if (shared === undefined) languagesOfSmallWord.set(word, [language]);
		else shared.push(language);
	}
}

/** Whether a word (in lower case, with its accents) only holds sentences of `language` together. */
export function isSmallWord(word: string, language: Language): boolean {
	return smallWordsOf.get(language)?.has(word) ?? false;
}

/** Words that are looked at: a language shows in its first hundred. */
const wordsRead = 2000;
/** Fewer small words than this tell nothing, such as the odd foreign name in a list. */
const leastFound = 5;
/** Of all words, what a language's small words make up in running text; less is a list, code or another language. */
const leastShare = 0.08;
/** How far ahead of English another language must be: most notes of most people are in it, and full of its terms. */
const leastLead = 1.3;

/** The language that most of the small words in `text` belong to; English where that can't be told. */
export function detectLanguage(text: string): Language {
	const found = new Map<Language, number>();
	let read = 0;
	for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}]+/gu)) {
		if (++read > wordsRead) break;
		for (const language of languagesOfSmallWord.get(word) ?? [])
			found.set(language, (found.get(language) ?? 0) + 1);
	}
	const [best] = [...found].sort(([, a], [, b]) => b - a);
	if (best === undefined) return 'en';
	const [language, count] = best;
	const isSure =
		count >= leastFound && count >= leastShare * read && count >= leastLead * (found.get('en') ?? 0);
	return isSure ? language : 'en';
}
