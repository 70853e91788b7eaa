import { expect, test } from 'vitest';
import type { SessionState } from '../../../client/src/sessionState.ts';
import { isOutdated, searchItems, searchTitle } from '../../../client/src/views/searchItems.ts';
import type { Hit, SearchResult } from '../../../server/src/protocol/search.ts';
import { english } from './english.ts';
import { someStatus } from './someStatus.ts';

function someHit(hit: Partial<Hit> = {}): Hit {
	return {
		uri: 'file:///notes/soup.md',
		folder: 'notes',
		path: 'food/soup.md',
		title: 'Soup',
		heading: '',
		startLine: 1,
		endLine: 3,
		score: 1,
		snippet: 'Onions first.',
		marks: [],
		parts: { keyword: 1, semantic: 1, graph: 0 },
		...hit,
	};
}

function somePage(hits: readonly Hit[], rest: Partial<SearchResult> = {}): SearchResult {
	const coverage = { notes: 10, chunks: 100, embedded: 100 };
	return { query: 'q', total: hits.length, tookMs: 9, coverage, hits, stages: {}, ...rest };
}

const running: SessionState = { kind: 'running', status: undefined };

function check(
	pages: readonly SearchResult[],
	expected: readonly string[],
	state: SessionState = running,
): void {
	expect(searchItems(pages, state, false, english).map(({ label }) => label)).toEqual(expected);
}

test('hits keep the order of the server', () =>
	check([somePage([someHit({ title: 'b' }), someHit({ title: 'a' })])], ['b', 'a']));

test('pages follow one another, and the end offers more', () =>
	check(
		[somePage([someHit({ title: 'a' })], { total: 3 }), somePage([someHit({ title: 'b' })], { total: 3 })],
		['a', 'b', '$(chevron-down) Show more results…'],
	));

test('no more is offered when all hits are there', () =>
	check([somePage([someHit()], { total: 2 }), somePage([someHit()], { total: 2 })], ['Soup', 'Soup']));

test('an empty page ends the list', () =>
	check([somePage([someHit()], { total: 2 }), somePage([], { total: 2 })], ['Soup']));

test('an answer without hits says so', () => check([somePage([])], ['No note matches']));

test('without an index it is not said that no note matches, but why, with the way out', () => {
	const status = someStatus({ state: 'off' }, { problems: ['The index was deleted.'] });
	const state: SessionState = { kind: 'running', status };
	check([somePage([])], ['$(warning) The index was deleted.', '$(refresh) Rebuild Index'], state);
	expect(searchTitle(state, somePage([], { semanticOff: 'no vector' }), english)).toBe('Search Notes');
});

test('a title never draws an icon', () =>
	check([somePage([someHit({ title: 'on $(bell) and $5' })])], ['on \\$(bell) and $5']));

test('a hit of the team shows whose it is', () => {
	const page = somePage([someHit({ origin: 'team', folder: 'vault-of-ann' })]);
	expect(searchItems([page], running, false, english)[0]).toMatchObject({
		description: 'vault-of-ann: food/soup.md',
	});
});

test('the title says why the team is left out', () => {
	const page = somePage([someHit()], { team: { kind: 'leftOut', reason: 'It is slow.' } });
	expect(searchTitle({ kind: 'running', status: undefined }, page, english)).toBe(
		'Search Notes · without the team: It is slow.',
	);
});

test('a hit shows headings below its title, its place and its snippet', () => {
	const page = somePage([someHit({ heading: 'Soup > Stock > Bones' })]);
	expect(searchItems([page], running, false, english)[0]).toMatchObject({
		description: 'Stock > Bones · food/soup.md',
		detail: 'Onions first.',
	});
});

test('a heading that is the title is not repeated', () => {
	const page = somePage([someHit({ heading: 'Soup' })]);
	expect(searchItems([page], running, false, english)[0]).toMatchObject({ description: 'food/soup.md' });
});

test('with several folders each hit says its own', () => {
	const page = somePage([someHit()]);
	expect(searchItems([page], running, true, english)[0]).toMatchObject({ description: 'notes/food/soup.md' });
});

test('the title says how much is embedded until all is', () => {
	const title = (embedded: number) => {
		const page = somePage([], { coverage: { notes: 10, chunks: 1000, embedded } });
		return searchTitle({ kind: 'running', status: undefined }, page, english);
	};
	expect(title(430)).toBe('Search Notes · 43 % embedded');
	expect(title(999)).toBe('Search Notes · 99 % embedded');
	expect(title(1000)).toBe('Search Notes');
});

test('the title says why an answer is from keywords alone', () => {
	const page = somePage([], { semanticOff: 'the model is missing' });
	const title = searchTitle({ kind: 'running', status: undefined }, page, english);
	expect(title).toBe('Search Notes · keyword only: the model is missing');
});

test('the title says that the server is starting', () => {
	expect(searchTitle({ kind: 'starting' }, undefined, english)).toBe('Search Notes · Starting…');
});

test.each([
	['as many passages with as many vectors', 60, {}, undefined, false],
	['vectors that came since', 60, { embedded: 61 }, undefined, true],
	['passages that were read since', 60, { chunks: 120 }, undefined, true],
	['a model that is ready by now', 60, {}, 'the model is starting', true],
	['a model that is ready and has read nothing yet', 0, {}, 'no vector yet', false],
])('an answer is asked for again only when it can be better: %s', (_what, embedded, since, off, expected) => {
	const coverage = { notes: 10, chunks: 100, embedded };
	const state = { kind: 'running', status: someStatus({ ...coverage, ...since }) } as const;
	const answer = somePage([], { coverage, ...(off === undefined ? {} : { semanticOff: off }) });
	expect(isOutdated(state, answer)).toBe(expected);
});

test('nothing is asked again of a server that does not run', () => {
	expect(isOutdated({ kind: 'starting' }, somePage([]))).toBe(false);
});
