import { expect, test } from 'vitest';
import { luceneQuery, scopeOf } from '../../../server/src/adapters/neo4j/lucene.ts';

const none = { terms: [], phrases: [], excluded: [] };
const everywhere = { without: [], only: [] };

test('terms, phrases and what is excluded, by language', () => {
	const english = { ...none, terms: [{ term: 'en_kiln', weight: 1 }], excluded: [['en_clay']] };
	const german = { ...none, phrases: [['de_heiss', 'de_ofen']] };
	expect(luceneQuery([english, german, none], everywhere)).toBe(
		'+((+terms:(en_kiln^1.000) -terms:"en_clay") (+terms:"de_heiss de_ofen"))',
	);
});

test('nothing asked is no question', () => {
	expect(luceneQuery([none, { ...none, excluded: [['en_a']] }], everywhere)).toBeUndefined();
});

test('nothing of a question or a name acts as syntax', () => {
	const terms = [{ term: 'en_a) OR *:* "', weight: 0.4, isPrefix: true }];
	const query = luceneQuery([{ ...none, terms }], { without: ['my vault (a/b)'], only: ['x:y'] });
	expect(query).toBe(
		'+((+terms:(en_a\\)OR\\*\\:\\*\\"*^0.400)))' +
			' +scope:(x\\%3Ay)^0 -scope:(my\\%20vault\\%20\\(a\\%2Fb\\))',
	);
	expect(scopeOf('my vault')).not.toMatch(/\s/);
});

test('a pasted page asks for no more terms than the server takes', () => {
	const terms = Array.from({ length: 5000 }, (_, at) => ({ term: `en_${at}`, weight: 1 }));
	expect(luceneQuery([{ ...none, terms }], everywhere)!.match(/en_/g)).toHaveLength(200);
});
