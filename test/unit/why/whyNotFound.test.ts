import { expect, test } from 'vitest';
import type { FilePlace } from '../../../server/src/ports/files.ts';
import type { Embedder } from '../../../server/src/ports/models.ts';
import type { WhyNotFoundResult } from '../../../server/src/protocol/whyNotFound.ts';
import { search } from '../../../server/src/services/search/search.ts';
import { whyNotFound } from '../../../server/src/services/why/whyNotFound.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { noModel } from '../../support/noModel.ts';
import { wordEmbedder } from '../../support/wordEmbedder.ts';

const notes: Record<string, string> = {
	'Kiln.md': '---\ntags: [pottery/firing]\n---\nThe kiln cools overnight. Glazes crack.',
	'Lake.md': 'Swimming in the cold lake.',
	'empty.md': '',
	...Object.fromEntries(
		Array.from({ length: 14 }, (_, at) => [`Loaf ${at}.md`, `Bread rests. Bread rises, number ${at}.`]),
	),
	'Bakery.md':
		'A walk through the old town, with a stop for bread at the end of a long day of many other things.',
};

interface Asked {
	readonly note: string;
	readonly query: string;
	readonly settings?: Record<string, unknown>;
	readonly embedder?: Embedder;
	/** Where the note stands as a file, where the index does not know it. */
	readonly place?: FilePlace;
}

async function why({ note, query, settings = {}, embedder = wordEmbedder(), place }: Asked) {
	const locate = async () => place ?? ({ kind: 'missing' } as const);
	const folder = await memoryFolder(notes, embedder, undefined, locate);
	const { signal } = new AbortController();
	return whyNotFound(
		{ folder, path: note },
		{ uri: `file:///notes/${note}`, query },
		{
			settings: readSettings(settings).settings,
			search: (params, by) =>
				search([folder], { embedder, settings: () => by, patienceMs: 0 }, params, signal),
		},
		signal,
	);
}

/** The texts of reasons, and what would change each, as one. */
function textOf({ reasons }: WhyNotFoundResult): string {
	return reasons.map(({ text, change = '' }) => `${text} ${change}`).join('\n');
}

async function check(asked: Asked, state: WhyNotFoundResult['state'], told: RegExp): Promise<void> {
	const result = await why(asked);
	expect(result.state).toBe(state);
	expect(textOf(result)).toMatch(told);
}

test('a note that is shown has its place', async () => {
	expect(await why({ note: 'Kiln.md', query: 'kiln' })).toMatchObject({ state: 'shown', rank: 1 });
});

test('a note further down has its place, and its scores beside those of the last note shown', async () => {
	const result = await why({ note: 'Bakery.md', query: 'bread' });
	expect(result).toMatchObject({ note: 'Bakery.md', state: 'further' });
	expect(result.rank).toBeGreaterThan(10);
	expect(result.reasons[0]).toMatchObject({ at: { kind: 'setting', name: 'jarvis.search.limit' } });
	expect(textOf(result)).toMatch(
		/place \d+, .* has words [\d.]+ and similarity [\d.]+, against [\d.]+ and [\d.]+ of the last note shown, Loaf/,
	);
});

test('a note beyond the most that may be asked for has its place all the same', () =>
	check(
		{ note: 'Bakery.md', query: 'bread', settings: { 'search.maxResults': 5 } },
		'further',
		/place 1[0-9]/,
	));

test('of words that it lacks, those it has instead are told, and small words are passed over', () =>
	check(
		{ note: 'Kiln.md', query: 'the bread cools on lake kilm' },
		'shown',
		/has cools, and lacks kilm \(in 0 passages of the folder; it has kiln\), lake \(in 1 passage of the folder\), bread \(in 15 passages of the folder\)\. Ask for kiln\./,
	));

test('a note without any connection says so', () =>
	check(
		{ note: 'Lake.md', query: 'bread', embedder: noModel },
		'unmatched',
		/Neither words nor meaning[\s\S]*lacks bread \(in 15 passages[\s\S]*by words alone now: there is none/,
	));

test('a note below the least similarity is told what would let it in', () =>
	check(
		{ note: 'Bakery.md', query: 'town hall meeting', settings: { 'search.minSimilarity': 0.9 } },
		'shown',
		/similarity of 0\.\d+ is below the 0\.9 that jarvis\.search\.minSimilarity asks for[\s\S]*Set jarvis\.search\.minSimilarity to 0\.\d+ or less/,
	));

test('a note of no text says so', () => check({ note: 'empty.md', query: 'bread' }, 'unmatched', /no text/));

test('a note hidden from results names the glob', () =>
	check(
		{ note: 'Kiln.md', query: 'kiln', settings: { 'search.exclude': ['Lake.md', 'K*.md'] } },
		'hidden',
		/jarvis\.search\.exclude: K\*\.md/,
	));

test.each([
	['tag:glass kiln', /tag:glass leaves it out: its tags are pottery\/firing/],
	['-tag:pottery kiln', /-tag:pottery leaves it out/],
	['path:Notes/ kiln', /path:Notes\/ leaves it out: its path is Kiln\.md/],
	['title:oven kiln', /title:oven leaves it out: its title is Kiln/],
	['folder:other kiln', /folder:other leaves it out: its folder is notes/],
	['modified:2020 kiln', /modified: leaves it out: it was modified on 2026-01-01/],
	['"cools the kiln"', /No passage of the note holds “cools the kiln” word for word/],
	['kiln -overnight', /holds “overnight”, which the question excludes/],
])('the condition of %s that leaves a note out is named', (query, told) =>
	check({ note: 'Kiln.md', query }, 'filtered', told),
);

test('conditions that a note meets are not named', async () => {
	const result = await why({ note: 'Kiln.md', query: 'tag:pottery "kiln cools" -bread' });
	expect(result.state).toBe('shown');
});

test('conditions alone list by date, and the place is that of the list', async () => {
	const result = await why({ note: 'Kiln.md', query: '-tag:none' });
	expect(result).toMatchObject({ state: 'further', rank: 18 });
	expect(textOf(result)).toMatch(/listed by when they changed/);
});

test.each<[string, FilePlace, WhyNotFoundResult['state'], RegExp]>([
	['Kiln', { kind: 'notNote' }, 'notNote', /end in \.md/],
	['old/Kiln.md', { kind: 'missing' }, 'missing', /no such file[\s\S]*Did you mean Kiln\.md/],
	[
		'old/x.md',
		{ kind: 'excluded', by: { kind: 'folder', name: 'old' }, path: 'old' },
		'excluded',
		/The folder old/,
	],
	[
		'x.md',
		{ kind: 'excluded', by: { kind: 'gitignore', file: '.gitignore', line: 3, rule: 'x*' }, path: 'x.md' },
		'excluded',
		/The note is excluded by \.gitignore:3: x\*/,
	],
	[
		'x.md',
		{ kind: 'excluded', by: { kind: 'glob', setting: 'files.exclude', glob: '**/x.md' }, path: 'x.md' },
		'excluded',
		/files\.exclude: \*\*\/x\.md[\s\S]*Take \*\*\/x\.md out/,
	],
	['x.md', { kind: 'note', stamp: { path: 'x.md', size: 1, mtimeMs: 1 } }, 'pending', /waits to be read/],
])('%s, which the index does not know: %o', (note, place, state, told) =>
	check({ note, query: 'kiln', place }, state, told),
);

test('a pending note is told what holds it up', () =>
	check(
		{
			note: 'x.md',
			query: 'kiln',
			settings: { 'indexing.enabled': false },
			place: { kind: 'note', stamp: { path: 'x.md', size: 1, mtimeMs: 1 } },
		},
		'pending',
		/Indexing is switched off/,
	));

test('a folder whose index is not open says so', async () => {
	const folder = await memoryFolder(notes, noModel);
	await folder.close();
	const context = { settings: readSettings({}).settings, search: async () => expect.unreachable() };
	const { signal } = new AbortController();
	const asked = { uri: 'file:///notes/Kiln.md', query: 'kiln' };
	const result = await whyNotFound({ folder, path: 'Kiln.md' }, asked, context, signal);
	expect(result).toMatchObject({ state: 'off', reasons: [{ text: expect.stringContaining('not open') }] });
});
