import { expect, test } from 'vitest';
import { explainSearch, waterfall } from '../../../server/src/services/profiling/explainSearch.ts';
import { collect, statementsWanted } from '../../../server/src/tracing/collect.ts';
import { isTraced, traced } from '../../../server/src/tracing/spans.ts';
import { MemoryEngine } from '../../support/memoryEngine.ts';

test('bars stand where their stages were, and what is long is cut', () => {
	expect(
		waterfall([
			{ category: 'search', name: 'embed', startMs: 0, ms: 5 },
			{ category: 'database', name: 'SELECT id FROM a_table_with_a_long_name', startMs: 5, ms: 2.5 },
			{ category: 'search', name: 'fuse', startMs: 7.5, ms: 2.5 },
		]),
	).toEqual([
		`embed                            |${'█'.repeat(20)}${' '.repeat(20)}|      5.0 ms`,
		`  SELECT id FROM a_table_with_a… |${' '.repeat(20)}${'█'.repeat(10)}${' '.repeat(10)}|      2.5 ms`,
		`fuse                             |${' '.repeat(30)}${'█'.repeat(10)}|      2.5 ms`,
	]);
	expect(waterfall([])).toEqual([]);
});

test('what is collected is of one chain of calls, whatever else goes on', async () => {
	const work = async (name: string) => {
		for (let at = 0; at < 3; at++) {
			await new Promise(setImmediate);
			await traced('search', name, async () => {
				statementsWanted()?.push({ sql: name, startMs: 0, durationMs: 0, plan: async () => '' });
			});
		}
		return name;
	};
	const [a, , b] = await Promise.all([collect(() => work('a')), work('other'), collect(() => work('b'))]);
	expect(a.spans.map(({ name }) => name)).toEqual(['a', 'a', 'a']);
	expect(b.statements.map(({ sql }) => sql)).toEqual(['b', 'b', 'b']);
	expect([a.result, b.result]).toEqual(['a', 'b']);
	expect([isTraced(), statementsWanted()]).toEqual([false, undefined]);
});

test('a search is explained with its stages, asked anew each time', async () => {
	const vault = new MemoryEngine({ 'a.md': 'heron', 'b.md': 'stork' });
	const folder = await vault.open();
	await folder.whenIdle();
	const ask = () =>
		explainSearch(7, () =>
			vault.engine.answers.searchAnew({ query: 'heron', explain: true }, new AbortController().signal, [
				folder,
			]),
		);
	for (const { result, stages, pid, explainingMs } of [await ask(), await ask()]) {
		expect(pid).toBe(7);
		expect(explainingMs).toBeGreaterThan(0);
		expect(result.hits[0]).toMatchObject({ path: 'a.md', explain: { terms: [{ term: 'heron' }] } });
		expect(stages.map(({ name }) => name)).toEqual(['keyword', 'embed', 'scan', 'fuse', 'fetch']);
	}
});

test('what only the explaining took is no part of the search', async () => {
	const result = { query: '' } as never;
	const statement = (sql: string) => ({
		sql,
		startMs: performance.now(),
		durationMs: 1,
		plan: async () => '',
	});
	const {
		stages,
		statements,
		waterfall: bars,
	} = await explainSearch(7, async () => {
		await traced('search', 'fetch', async () => statementsWanted()?.push(statement('SELECT 1')));
		await traced('search', 'explain', () =>
			traced('model', 'embed passage', async () => statementsWanted()?.push(statement('SELECT 2'))),
		);
		return result;
	});
	expect(stages.map(({ name }) => name)).toEqual(['fetch']);
	expect(bars).toHaveLength(1);
	expect(statements.map(({ sql }) => sql)).toEqual(['SELECT 1']);
});

test('plans are of queries, and one that can’t be made is left out', async () => {
	const result = { query: '' } as never;
	const statement = (sql: string, plan: () => Promise<string>) => ({ sql, startMs: 0, durationMs: 1, plan });
	const { statements } = await explainSearch(7, async () => {
		statementsWanted()?.push(
			statement('SET threads = 2', async () => 'never'),
			statement('SELECT 1', async () => 'a plan'),
			statement('SELECT 2', () => Promise.reject(new Error('closed'))),
		);
		return result;
	});
	expect(statements.map(({ plan }) => plan)).toEqual([undefined, 'a plan', undefined]);
});
