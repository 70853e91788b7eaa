import { expect, test, vi } from 'vitest';
import type { SearchParams, SearchResult } from '../../../server/src/protocol/search.ts';
import type { Folder } from '../../../server/src/services/folder/folder.ts';
import { search } from '../../../server/src/services/search/search.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { noModel } from '../../support/noModel.ts';

const notes = {
	'Cooking/Sourdough.md':
		'---\ntags: [food/baking]\n---\nThe starter is fed daily.\n\n# Loaf\nSourdough bread rests in the oven.',
	'Cooking/Crackers.md':
		'---\ntags: food\naliases: Knäcke\n---\nDiscarded starter and oil, fed to nobody, daily.',
	'Work/Import.md': 'The nightly import is slow. #work',
	'Reise/Bäckerei.md':
		'Die Bäckerei ist in der Straße und die Brote sind gut. Es ist nicht weit von der Stadt.',
};

async function ask(folder: Folder, params: SearchParams, settings = {}): Promise<SearchResult> {
	const context = { embedder: noModel, settings: () => readSettings(settings).settings, patienceMs: 0 };
	return search([folder], context, params, new AbortController().signal);
}

async function check(params: string | SearchParams, paths: readonly string[], settings = {}): Promise<void> {
	const asked = typeof params === 'string' ? { query: params } : params;
	const { hits } = await ask(await memoryFolder(notes, noModel), asked, settings);
	expect(hits.map(({ path }) => path.replace(/^.*\//, ''))).toEqual(paths);
}

test('a phrase must stand word for word, whatever its case and marks', async () => {
	await check('"FED, daily"', ['Sourdough.md']);
	await check('"daily fed"', []);
});
test('a phrase of words without terms is found as well', () => check('"in the"', ['Sourdough.md']));
test('a phrase is found in a title', () => check('"sourdough" oven', ['Sourdough.md']));
test('a word with a minus keeps its passages out', () => check('starter -oil', ['Sourdough.md']));
test('a phrase with a minus keeps its passages out', () => check('starter -"fed daily"', ['Crackers.md']));
test('a tag finds what is nested in it', () => check('starter tag:food/baking', ['Sourdough.md']));
test('filters alone list notes, the latest first', () => check('tag:FOOD', ['Crackers.md', 'Sourdough.md']));
test('filters alone list notes without text, a question does not', async () => {
	const folder = await memoryFolder(
		{ 'a.md': '---\ntags: x\n---\n', 'b.md': '---\ntags: y\n---\nText.' },
		noModel,
	);
	const { hits, total } = await ask(folder, { query: 'tag:x' });
	expect(hits).toMatchObject([{ path: 'a.md', snippet: '', startLine: 1 }]);
	expect(total).toBe(1);
	expect((await ask(folder, { query: '"to be" tag:x' })).hits).toEqual([]);
});
test('a filter turned around lists the rest', () => check('-tag:food', ['Bäckerei.md', 'Import.md']));
test('a path is a beginning or a glob', async () => {
	await check('path:cooking/', ['Crackers.md', 'Sourdough.md']);
	await check('path:**/Im*.md', ['Import.md']);
});
test('a title is found by an alias, without its accents', () => check('title:knack', ['Crackers.md']));
test('a date keeps what changed then', () => check('modified:>=2026-01-03', ['Bäckerei.md', 'Import.md']));
test('a folder is named as the workspace has it', async () => {
	await check('folder:Notes import', ['Import.md']);
	await check('folder:other import', []);
});
test('filters of a front door hold beside those of the question', () =>
	check({ query: 'starter', filters: { tags: ['food'], path: 'Cooking/C' } }, ['Crackers.md']));
test('what the settings hide is not shown', () =>
	check('starter', ['Crackers.md'], { 'search.exclude': ['Sourdough.md'] }));

test('a word typed wrong finds what is meant, and marks it', async () => {
	const { hits } = await ask(await memoryFolder(notes, noModel), { query: 'startre' });
	expect(hits.map(({ title }) => title).sort()).toEqual(['Crackers', 'Loaf'].sort());
	const { snippet, marks } = hits[0]!;
	expect(snippet.slice(...marks[0]!)).toBe('starter');
});

test('a word that no note holds is not taken for another', async () => {
	const holding = { 'a.md': 'Bread of rye.', 'b.md': 'Bread of wheat.', 'c.md': 'A long rest.' };
	const { hits } = await ask(await memoryFolder(holding, noModel), { query: 'break rest', explain: true });
	expect(hits.map(({ path }) => path)).toEqual(['c.md']);
});

test('a note with the word as it was typed comes before those with what may be meant', async () => {
	const many = Array.from({ length: 25 }, (_, at) => [`${at}.md`, 'The starter, starter, starter.'] as const);
	const folder = await memoryFolder(
		{ ...Object.fromEntries(many), 'typo.md': `A startre among ${'many other words '.repeat(20)}.` },
		noModel,
	);
	const { hits } = await ask(folder, { query: 'startre', explain: true });
	expect(hits.length).toBeGreaterThan(1);
	expect(hits[0]!.path).toBe('typo.md');
	expect(hits[1]!.explain!.terms).toMatchObject([{ term: 'starter', typed: 'startre', weight: 0.25 }]);
});

test('the beginning of a word finds it only while it is typed', async () => {
	await check({ query: 'nigh', prefixLast: true }, ['Import.md']);
	await check({ query: 'nigh ', prefixLast: true }, []);
	await check('nigh', []);
	await check({ query: 'nigh tag:work', prefixLast: true }, []);
});

test('a German question finds a German note by its stems', () => check('Bäckereien', ['Bäckerei.md']));

test('a word counts once, however many languages there are', async () => {
	const english = 'The oven is hot and it is for the bread of the day.';
	const alone = await ask(await memoryFolder({ 'a.md': english, 'b.md': english }, noModel), {
		query: 'oven',
	});
	const german = 'Die Stadt ist in der Nähe und es ist nicht weit zu den Bergen und der Straße.';
	const mixed = await ask(await memoryFolder({ 'a.md': english, 'b.md': german }, noModel), {
		query: 'oven',
	});
	// Of two notes one, not two, holds it: BM25 counts it as rarer, by ln(2) to ln(1.2), and no more than that.
	const score = ({ hits }: SearchResult) => hits[0]!.parts.keyword;
	expect(score(mixed) / score(alone)).toBeLessThan((Math.log(2) / Math.log(1.2)) * 1.2);
});

test('a model that is off says why there is no meaning', async () =>
	expect((await ask(await memoryFolder(notes, noModel), { query: 'starter' })).semanticOff).toBe(
		'there is none',
	));

test('an explained hit says what each word adds, and shows the sentence', async () => {
	const { hits } = await ask(await memoryFolder(notes, noModel), { query: 'nightly import', explain: true });
	const { parts, explain } = hits[0]!;
	expect(explain!.terms.map(({ term }) => term).sort()).toEqual(['import', 'nightli']);
	expect(explain!.terms.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(parts.keyword, 4);
	expect(explain!.sentence).toEqual({ text: 'The nightly import is slow. #work' });
});

test('each term is scored once a folder, however many hits are explained', async () => {
	const folder = await memoryFolder(notes, noModel);
	const score = vi.spyOn(folder.index.keyword, 'score');
	await ask(folder, { query: 'starter oven' });
	const alone = score.mock.calls.length;
	score.mockClear();
	const { hits } = await ask(folder, { query: 'starter oven', explain: true });
	expect(hits.filter(({ explain }) => explain !== undefined).length).toBeGreaterThan(1);
	const asked = score.mock.calls.slice(alone).map(([terms]) => terms.join());
	expect(asked.length).toBeGreaterThan(0);
	expect(new Set(asked).size).toBe(asked.length);
});
