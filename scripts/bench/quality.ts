/**
 * `npm run bench:quality -- FOLDER [--index-dir DIR] [--queries Q.jsonl --qrels QRELS.tsv]`: hybrid search against each
 * of its legs, on judged queries or on questions made from the folder's own notes. Brings the index up to date first.
 */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { URI } from 'vscode-uri';
import { readJudgements, readQueries, withoutEnding } from '../../server/src/cli/queries.ts';
import { meanMetrics, measureRanking } from '../../server/src/core/ranking/metrics.ts';
import { knownItemSets, type Question } from './knownItems.ts';
import { ledEngine } from './ledEngine.ts';

const modes = ['hybrid', 'keyword', 'semantic'] as const;
/** Notes per answer: recall is measured at this depth. */
const depth = 100;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { 'index-dir': { type: 'string' }, queries: { type: 'string' }, qrels: { type: 'string' } },
});
const [path] = positionals;
if (path === undefined) throw new Error('Name the folder of notes: npm run bench:quality -- FOLDER');
const root = resolve(path);
const indexDirectory = values['index-dir'];
const settings =
	indexDirectory === undefined
		? {}
		: { 'index.directory': resolve(indexDirectory), 'search.maxResults': 200 };
const engine = await ledEngine(settings);
try {
	const folder = await engine.addFolder(
		{ uri: URI.file(root).toString(), name: basename(root) },
		{ follow: true },
	);
	await folder.indexer!.whenIdle();
	const sets =
		values.queries === undefined || values.qrels === undefined
			? await knownItemSets(folder, root)
			: new Map([['judged', readJudged(values.queries, values.qrels)]]);
	console.log('nDCG@10:\n\n| set | questions | keyword | semantic | hybrid |\n|---|---:|---:|---:|---:|');
	const others: string[] = [];
	for (const [name, questions] of sets) {
		const cells: Record<string, string> = {};
		for (const mode of modes) {
			const measured = [];
			for (const { text, relevance, askedIn } of questions) {
				const { hits } = await engine.answers.search(
					{ query: text, mode, limit: depth },
					new AbortController().signal,
				);
				const ranked = hits.map((hit) => withoutEnding(hit.path)).filter((note) => note !== askedIn);
				measured.push(measureRanking(ranked, relevance));
			}
			const { ndcg10, mrr10, recall100 } = meanMetrics(measured);
			cells[mode] = ndcg10.toFixed(4);
			others.push(`${name}, ${mode}: MRR@10 ${mrr10.toFixed(4)}, recall@100 ${recall100.toFixed(3)}`);
		}
		const row = [`${basename(root)}, ${name}`, questions.length, cells.keyword, cells.semantic, cells.hybrid];
		console.log(`| ${row.join(' | ')} |`);
	}
	console.log(`\n${others.join('\n')}`);
} finally {
	await engine.dispose();
}

function readJudged(queriesFile: string, qrelsFile: string): readonly Question[] {
	const judgements = readJudgements(readFileSync(qrelsFile, 'utf8'), qrelsFile);
	return readQueries(readFileSync(queriesFile, 'utf8'), queriesFile).flatMap(({ id, text }) => {
		const relevance = judgements.get(id);
		return relevance === undefined ? [] : [{ text, relevance, askedIn: undefined }];
	});
}
