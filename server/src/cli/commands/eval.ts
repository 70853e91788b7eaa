import type { Command } from 'commander';
import { type Metrics, meanMetrics, measureRanking } from '../../core/ranking/metrics.ts';
import { UserError } from '../../ports/system.ts';
import type { SearchMode } from '../../protocol/search.ts';
import { evalLinks } from '../linkEvaluation.ts';
import { printJson, printLine } from '../output.ts';
import { type Query, readGivenFile, readJudgements, readQueries, withoutEnding } from '../queries.ts';
import {
	bringUpToDate,
	type CommonOptions,
	type Session,
	withCommonOptions,
	withFolder,
} from '../session.ts';

interface EvalOptions extends CommonOptions {
	readonly queries?: string;
	readonly qrels?: string;
	readonly links?: boolean;
	readonly apply?: boolean;
}

/** Notes per answer: recall is measured at this depth. */
const depth = 100;
const modes = ['hybrid', 'semantic', 'keyword'] as const satisfies readonly SearchMode[];

/**
 * `jarvis eval FOLDER --queries Q.jsonl --qrels QRELS.tsv`: quality of each mode against judgements.
 * `jarvis eval FOLDER --links [--apply]`: quality of related notes against the folder's own links.
 */
export function addEval(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('eval'))
		.description(
			"measure search quality against judged queries, or related notes against the folder's own links",
		)
		.argument('<folder>')
		.option('--queries <file>', 'one {"_id","text"} a line')
		.option('--qrels <file>', 'query-id, corpus-id and score, set apart by tabs, below a header')
		.option('--links', "hide links of the folder's own notes, and see whether related notes finds them again")
		.option('--apply', 'with --links: keep the best weights for this folder, where they are better')
		.action(async (path: string, options: EvalOptions, command: Command) => {
			if (options.links === true) return evalLinks(path, distDirectory, options);
			if (options.queries === undefined || options.qrels === undefined)
				return command.error('error: eval needs --queries and --qrels, or --links');
			const queries = readQueries(readGivenFile(options.queries), options.queries);
			const judgements = readJudgements(readGivenFile(options.qrels), options.qrels);
			const judged = queries.filter(({ id }) => judgements.has(id));
			if (judged.length === 0)
				throw new UserError('No query of the file is judged. Check that the ids agree.');
			await withFolder(path, distDirectory, options, async (session) => {
				await bringUpToDate(session, options);
				const byMode: Record<string, Metrics> = {};
				for (const mode of modes) byMode[mode] = await measureMode(session, mode, judged, judgements);
				if (options.json === true) printJson(byMode);
				else printMetrics(byMode, judged.length);
			});
		});
}

async function measureMode(
	{ engine, signal }: Session,
	mode: SearchMode,
	queries: readonly Query[],
	judgements: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Promise<Metrics> {
	const measured: Metrics[] = [];
	for (const { id, text } of queries) {
		const { hits } = await engine.search({ query: text, mode, limit: depth }, signal);
		const ranked = hits.map((hit) => withoutEnding(hit.path));
		measured.push(measureRanking(ranked, judgements.get(id)!));
	}
	return meanMetrics(measured);
}

function printMetrics(byMode: Readonly<Record<string, Metrics>>, queries: number): void {
	printLine(`${queries} judged queries`);
	printLine('          nDCG@10   MRR@10      MAP   recall@100');
	for (const [mode, { ndcg10, mrr10, map, recall100 }] of Object.entries(byMode)) {
		const columns = [ndcg10, mrr10, map, recall100].map((value) => value.toFixed(4).padStart(8)).join(' ');
		printLine(`${mode.padEnd(9)}${columns}`);
	}
}
