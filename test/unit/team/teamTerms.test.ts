import { expect, test } from 'vitest';
import { parseQuery } from '../../../server/src/core/ranking/query.ts';
import { matchOf, teamTermsOf } from '../../../server/src/services/team/teamTerms.ts';

test('a question is asked by the stems of each language', () => {
	const parsed = parseQuery('warme Öfen "kalter Ton" -Glasuren');
	expect(teamTermsOf(parsed, 'de', false)).toEqual({
		terms: [...['de_warm', 'de_ofen', 'de_kalt', 'de_ton'].map((term) => ({ term, weight: 1 }))],
		phrases: [['de_kalt', 'de_ton']],
		excluded: [['de_glasur']],
	});
	expect(teamTermsOf(parsed, 'en', false).excluded).toEqual([['en_glasuren']]);
});

test('a match is the share of words held, often counting more, and one of a question without words is none', () => {
	const asked = teamTermsOf(parseQuery('kiln glaze'), 'en', true);
	const match = (held: readonly string[]) => matchOf(asked, held);
	expect(match([])).toBe(0);
	expect(match(['en_kiln'])).toBeCloseTo(1 / 1.9 / 2);
	expect(match(['en_kiln', 'en_glaze'])).toBeCloseTo(1 / 1.9);
	expect(match(Array.from({ length: 1000 }, (_, at) => (at % 2 ? 'en_kiln' : 'en_glaze')))).toBeGreaterThan(
		0.99,
	);
	expect(matchOf(teamTermsOf(parseQuery('the'), 'en', false), ['en_kiln'])).toBe(0);
});
