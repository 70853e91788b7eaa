import { expect, test } from 'vitest';
import type { Embedder } from '../../../server/src/ports/models.ts';
import type { TeamNote } from '../../../server/src/ports/teamIndex.ts';
import type { SearchParams } from '../../../server/src/protocol/search.ts';
import { searchTeam } from '../../../server/src/services/team/searchTeam.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { MemoryTeam } from '../../support/memoryTeam.ts';
import { noModel } from '../../support/noModel.ts';
import { teamNote, teamVector } from '../../support/teamNotes.ts';

const { signal } = new AbortController();

/** What a search of notes that others share comes to, by path. */
async function search(
	notes: Readonly<Record<string, readonly TeamNote[]>>,
	params: SearchParams,
	{
		embedder = words(),
		settings = {},
	}: { embedder?: Embedder; settings?: Readonly<Record<string, unknown>> } = {},
) {
	const team = new MemoryTeam('ours');
	for (const [workspace, put] of Object.entries(notes))
		await new MemoryTeam(workspace, team.server).apply({ put, remove: [] });
	const context = {
		...{ team, languages: ['en', 'de', 'tlh'], embedder, patienceMs: 1000 },
		// Of words alone, most texts are as near as nothing.
		settings: readSettings({ 'search.minSimilarity': 0.01, ...settings }).settings,
	};
	const result = await searchTeam(context, { search: params, without: ['ours'] }, signal);
	return { ...result, team, paths: result.hits.map(({ path }) => path) };
}

const kiln = teamNote('kiln.md', ['slow', 'hot kiln glaze'], { tags: ['pottery/fire'], title: 'The Kiln' });
const clay = teamNote('clay.md', ['wet clay kiln'], { modifiedMs: Date.UTC(2026, 5, 1) });
const lake = teamNote('lake.md', ['cold lake water']);

test('words and meaning find the notes of others, each once, with whose they are and what to open', async () => {
	const { hits, total, paths } = await search(
		{ ours: [lake], theirs: [kiln, lake], others: [clay] },
		{ query: 'hot kiln' },
	);
	expect(paths).toEqual(['kiln.md', 'clay.md']);
	expect(total).toBe(2);
	expect(hits[0]).toMatchObject({
		...{ origin: 'team', folder: 'theirs', uri: 'jarvis-team:/theirs/kiln.md', title: 'The Kiln' },
		...{
			startLine: 3,
			snippet: 'hot kiln glaze',
			marks: [
				[0, 3],
				[4, 8],
			],
		},
	});
	expect(hits[0]!.parts.semantic).toBeCloseTo(2 / Math.sqrt(6));
});

test('pages follow each other', async () => {
	const notes = { theirs: [kiln, clay] };
	const first = await search(notes, { query: 'hot kiln', limit: 1 });
	const second = await search(notes, { query: 'hot kiln', limit: 1, offset: 1 });
	expect([first.paths, second.paths, second.total]).toEqual([['kiln.md'], ['clay.md'], 2]);
});

test('vectors of another model are not compared, and words still are', async () => {
	const other = teamNote('other.md', ['warm oven'], { model: 'another' });
	const same = teamNote('same.md', ['warm oven']);
	const meant = await search({ theirs: [other, same] }, { query: 'warm oven', mode: 'semantic' });
	expect(meant.paths).toEqual(['same.md']);
	const both = await search({ theirs: [other, same] }, { query: 'oven' });
	expect(both.paths.toSorted()).toEqual(['other.md', 'same.md']);
	expect(both.hits.find(({ path }) => path === 'other.md')!.parts.semantic).toBe(0);
});

test('without a model it answers from words and says so; one of other dimensions is no help', async () => {
	const off = await search(
		{ theirs: [kiln] },
		{ query: 'kiln' },
		{ embedder: { ...noModel, model: words().model } },
	);
	expect(off).toMatchObject({ paths: ['kiln.md'], semanticOff: 'there is none' });
	const wide = { ...words(), model: { id: 'wide', dimensions: 768, maxTokens: 256 } };
	const result = await search({ theirs: [kiln] }, { query: 'kiln' }, { embedder: wide });
	expect(result.semanticOff).toMatch(/384.*768/);
	expect(result.team.calls).not.toContain('byMeaning');
});

test.each<[string, readonly string[]]>([
	['kiln tag:pottery', ['kiln.md']],
	['kiln -tag:pottery', ['clay.md']],
	['kiln title:kiln', ['kiln.md']],
	['kiln path:clay*', ['clay.md']],
	['kiln folder:others', ['clay.md']],
	['kiln modified:2026', ['clay.md']],
	['kiln -glaze', ['clay.md']],
	['"hot kiln"', ['kiln.md']],
	['hot "clay kiln"', ['clay.md']],
])('conditions hold for both ways of finding: %s', async (query, expected) => {
	const { paths } = await search({ theirs: [kiln, lake], others: [clay] }, { query });
	expect(paths.toSorted()).toEqual(expected);
});

test('what the settings hide is hidden, of whom they name only those are asked, and precision cuts', async () => {
	const notes = { theirs: [kiln], others: [clay] };
	const by = async (settings: Readonly<Record<string, unknown>>, params: Partial<SearchParams> = {}) =>
		(await search(notes, { query: 'kiln', ...params }, { settings })).paths;
	expect(await by({ 'search.exclude': ['kiln.md'] })).toEqual(['clay.md']);
	expect(await by({ 'team.workspaces': ['others'] })).toEqual(['clay.md']);
	expect(await by({}, { mode: 'semantic', precision: 'precision' })).toEqual([]);
	expect(await by({}, { minScore: 1 })).toEqual([]);
});

test('a word that is still being typed finds those that it begins', async () => {
	const begun = await search({ theirs: [kiln] }, { query: 'gla', mode: 'keyword', prefixLast: true });
	expect(begun.paths).toEqual(['kiln.md']);
	expect((await search({ theirs: [kiln] }, { query: 'gla', mode: 'keyword' })).paths).toEqual([]);
});

test('conditions alone are no question for a team', async () => {
	await expect(search({ theirs: [kiln] }, { query: 'tag:pottery' })).rejects.toThrow(/conditions alone/);
});

/** A model of as many dimensions as the server has, that knows words. */
function words(): Embedder {
	return {
		model: { id: 'words', dimensions: 384, maxTokens: 256 },
		...{ state: { kind: 'ready' }, msPerText: undefined, onState: () => () => {} },
		...{ memoryBytes: () => 0, dispose: async () => {} },
		embed: async (texts) => texts.map(teamVector),
	};
}
