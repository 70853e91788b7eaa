import { expect, test } from 'vitest';
import { healthRows } from '../../../../client/src/healthRows.ts';
import { serverText } from '../../../../client/src/webviews/page/banner.ts';
import { gaugeOf, targetShare } from '../../../../client/src/webviews/page/gauges.ts';
import { cacheMeters, coverageOf } from '../../../../client/src/webviews/page/indexFacts.ts';
import { keptStateJson, readKeptState } from '../../../../client/src/webviews/page/keptState.ts';
import { pageLanguage } from '../../../../client/src/webviews/page/pageLanguage.ts';
import { searchRows, stageLegend } from '../../../../client/src/webviews/page/waterfall.ts';
import type { SlowSearch, TargetStatus } from '../../../../server/src/protocol/performance.ts';
import { english } from '../english.ts';
import { someStatus } from '../someStatus.ts';

const search: TargetStatus = { name: 'search', better: 'below', target: 500, unit: 'ms' };
const indexing: TargetStatus = { name: 'indexing', better: 'above', target: 100, unit: 'files/min' };

test('a target below which a figure stays is met, and the dial shows how near it came', () => {
	const gauge = gaugeOf({ ...search, value: 250 }, english);
	expect(gauge).toMatchObject({ value: '250', unit: 'ms', target: 'Target: below 500 ms', verdict: 'met' });
	expect(gauge.share).toBeCloseTo(targetShare / 2);
});

test('a target is missed at its own figure', () => {
	expect(gaugeOf({ ...search, value: 500 }, english).verdict).toBe('missed');
	expect(gaugeOf({ ...indexing, value: 100 }, english).verdict).toBe('missed');
});

test('a target above which a figure is, is met, and the dial ends at its end', () => {
	expect(gaugeOf({ ...indexing, value: 2400 }, english)).toMatchObject({
		...{ value: '2,400', target: 'Target: above 100 files/min', verdict: 'met', share: 1 },
	});
});

test('what was not measured is neither met nor missed', () => {
	expect(gaugeOf(search, english)).toMatchObject({ value: '–', verdict: 'unknown', share: 0 });
});

const slow: SlowSearch = {
	query: 'feldspar',
	atMs: 0,
	tookMs: 40,
	stages: { fetch: 4, embed: 20, keyword: 10, fuse: 0 },
};

test('stages follow one another in the order of a search, with what none accounts for at the end', () => {
	const [row] = searchRows([slow], english);
	expect(row!.stages.map(({ label, from, share }) => [label, from, share])).toEqual([
		['Words', 0, 0.25],
		['Model', 0.25, 0.5],
		['Texts', 0.75, 0.1],
		['Rest', 0.85, 0.15],
	]);
	expect(row!.spoken).toBe('40 ms, Words 10 ms, Model 20 ms, Texts 4 ms, Rest 6 ms');
});

test('bars of all searches are to one scale, and stay within it where stages ran at the same time', () => {
	const rows = searchRows(
		[
			{ ...slow, tookMs: 20 },
			{ ...slow, stages: { scan: 17 }, tookMs: 17 },
		],
		english,
	);
	const ends = rows.map(({ stages }) => stages.at(-1)!.from + stages.at(-1)!.share);
	expect(ends).toEqual([1, 0.5]);
});

test('a stage that this page does not know keeps its name', () => {
	const rows = searchRows([{ ...slow, stages: { rerank: 40 } }], english);
	expect(stageLegend(rows)).toEqual([{ label: 'rerank', colour: 'foreground' }]);
	expect(searchRows([], english)).toEqual([]);
});

test('a remedy gets a button where its command may be asked for, and words alone otherwise', () => {
	const titles = { 'jarvis.chooseModel': 'Choose Model' };
	const part = { part: 'model', health: 'degraded', reason: 'It is not here.', remedy: 'Fetch it.' } as const;
	const [may, mayNot, fine] = healthRows(
		[
			{ ...part, command: 'jarvis.chooseModel' },
			{ ...part, command: 'workbench.action.quit' },
			{ part: 'neo4j', health: 'unconfigured' },
		],
		titles,
		english,
	);
	expect(may!.button).toEqual({ command: 'jarvis.chooseModel', title: 'Choose Model' });
	expect(mayNot).toMatchObject({ remedy: 'Fetch it.', button: undefined });
	expect(fine).toMatchObject({ part: 'Neo4j', healthText: 'Not set up', reason: undefined });
});

test('coverage is the share of passages with a vector; of none there is no share', () => {
	expect(coverageOf(someStatus({ embedded: 2253 }), english)).toMatchObject({
		percent: 43,
		meter: { text: '43 % of 5,183 passages' },
	});
	expect(coverageOf(someStatus({ chunks: 0, embedded: 0 }), english).meter.share).toBeUndefined();
});

test('a cache that was asked shows its hit rate, one that was not says so', () => {
	const used = { size: 12, limit: 256, hits: 3, misses: 9, hitRate: 0.25 };
	const status = someStatus();
	const meters = cacheMeters({ ...status, caches: { ...status.caches, queries: used } }, english);
	expect(meters[0]).toEqual({ label: 'Answers', text: '25 % found, 12 of 256 kept', share: 0.25 });
	expect(meters[1]).toMatchObject({ text: 'not asked yet, 0 of 128 kept', share: undefined });
	expect(meters).toHaveLength(2);
});

test('answers about links are shown by a server that counts them', () => {
	const graph = { size: 3, limit: 128, hits: 2, misses: 2, hitRate: 0.5 };
	const status = someStatus();
	expect(cacheMeters({ ...status, caches: { ...status.caches, graph } }, english)[2]).toEqual({
		label: 'Answers about links',
		text: '50 % found, 3 of 128 kept',
		share: 0.5,
	});
});

test('what is in the way of figures is said, and nothing where they come', () => {
	expect(serverText('running', undefined, english)).toBeUndefined();
	expect(serverText('stopped', 'It keeps stopping.', english)).toBe('It keeps stopping.');
	expect(serverText('noFolder', undefined, english)).toMatch(/^Open a folder/);
});

test('a page that was hidden comes back as it was, and one with a state of another version as a new one', () => {
	for (const state of [
		{ minutes: 60, scrollTop: 120 },
		{ minutes: undefined, scrollTop: 0 },
	]) {
		expect(readKeptState(JSON.parse(JSON.stringify(keptStateJson(state))))).toEqual(state);
	}
	const fresh = { minutes: 15, scrollTop: 0 };
	for (const other of [undefined, 'x', { minutes: 7, scrollTop: -1 }])
		expect(readKeptState(other)).toEqual(fresh);
});

test('the page speaks the language of VS Code, and English where a text is not translated', () => {
	const german = pageLanguage({ '{0} of {1}': '{0} von {1}' }, 'de');
	expect(german.t('{0} of {1}', 3, 4)).toBe('3 von 4');
	expect(german.t('{0} min', 5)).toBe('5 min');
});
