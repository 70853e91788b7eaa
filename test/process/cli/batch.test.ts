import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jarvis, jarvisJson } from '../../support/cli.ts';
import { smallVault } from '../../support/smallVault.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const queries = [
	{ _id: 'q1', text: 'celadon' },
	{ _id: 2, text: 'a swim in winter' },
	{ _id: 'q3', text: 'baking bread' },
	{ _id: 'q4', text: '' },
];

function work() {
	const jsonl = `${queries.map((query) => JSON.stringify(query)).join('\n')}\n\n`;
	const folder = tempFolder({ 'q.jsonl': jsonl });
	return { root: tempFolder(smallVault), folder, common: ['--index-dir', join(folder, 'index'), '--quiet'] };
}

test('a batch of queries becomes a TREC run: ranks from 1, scores falling, each note once', async () => {
	const { root, folder, common } = work();
	const run = join(folder, 'out.run');
	const asked = ['--queries', join(folder, 'q.jsonl'), '--run', run];
	const summary = await jarvisJson(['search', root, ...asked, ...common]);
	expect(summary).toEqual({ queries: 4, meanMs: expect.any(Number), p95Ms: expect.any(Number) });

	const lines = readFileSync(run, 'utf8').split('\n');
	expect(lines.pop()).toBe('');
	const rows = lines.map((line) => {
		const [query, q0, path, rank, score, name] = line.split(' ');
		expect({ q0, name, isNote: path! in smallVault }).toEqual({ q0: 'Q0', name: 'jarvis', isNote: true });
		return { query: query!, path: path!, rank: Number(rank), score: Number(score) };
	});
	expect([...new Set(rows.map(({ query }) => query))]).toEqual(['q1', '2', 'q3']);
	for (const query of ['q1', '2', 'q3']) {
		const own = rows.filter((row) => row.query === query);
		expect(own.map(({ rank }) => rank)).toEqual(own.map((_, at) => at + 1));
		expect(own.map(({ score }) => score)).toEqual(own.map(({ score }) => score).toSorted((a, b) => b - a));
		expect(new Set(own.map(({ path }) => path)).size).toBe(own.length);
	}
	const first = (query: string) => rows.find((row) => row.query === query)!.path;
	expect([first('q1'), first('2'), first('q3')]).toEqual(['pottery/Glazes.md', 'Lake.md', 'Sourdough.md']);
});

test('eval measures each mode against judgements, of notes named with or without .md', async () => {
	const { root, folder, common } = work();
	const qrels = tempFolder({
		'qrels.tsv':
			'query-id\tcorpus-id\tscore\nq1\tpottery/Glazes.md\t2\n2\tLake\t1\nq3\tSourdough\t1\nq3\tLake\t0\nq9\tx\t1\n',
	});
	const args = ['--queries', join(folder, 'q.jsonl'), '--qrels', join(qrels, 'qrels.tsv'), ...common];
	const measured = await jarvisJson<Record<string, Record<string, number>>>(['eval', root, ...args]);
	const perfect = { ndcg10: 1, mrr10: 1, map: 1, recall100: 1 };
	expect(measured).toEqual({ hybrid: perfect, semantic: perfect, keyword: expect.any(Object) });
	expect(measured.keyword!.ndcg10).toBeLessThan(1);
	const { code, stdout } = await jarvis(['eval', root, ...args]);
	expect(code).toBe(0);
	expect(stdout).toMatch(/^3 judged queries\n.*\nhybrid +1\.0000 +1\.0000 +1\.0000 +1\.0000\n/);
});
