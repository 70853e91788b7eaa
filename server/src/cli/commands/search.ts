import { writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDates } from '../../core/ranking/query.ts';
import { UserError } from '../../ports/system.ts';
import type { Explanation, Hit, SearchFilters, SearchParams, SearchResult } from '../../protocol/search.ts';
import { bold, dim, printJson, printLine } from '../output.ts';
import { readGivenFile, readQueries } from '../queries.ts';
import {
	type CommonOptions,
	ensureIndexed,
	type Session,
	settle,
	wholeNumber,
	withCommonOptions,
	withFolder,
} from '../session.ts';
import { withTrace } from '../trace.ts';

interface SearchOptions extends CommonOptions, Omit<SearchParams, 'query' | 'filters' | 'prefixLast'> {
	readonly tag?: readonly string[];
	readonly path?: string;
	/** Milliseconds since the epoch. */
	readonly modifiedSince?: number;
	readonly queries?: string;
	readonly run?: string;
	readonly trace?: string;
}

/** `jarvis search FOLDER QUERY`, or `--queries FILE --run FILE` for a batch. */
export function addSearch(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('search'))
		.description('search a folder by meaning and by words')
		.argument('<folder>')
		.argument('[query]')
		.option('--limit <notes>', 'notes to return', wholeNumber(1))
		.option('--offset <notes>', 'notes to leave out first', wholeNumber(0))
		.addOption(new Option('--mode <mode>', 'how to search').choices(['hybrid', 'semantic', 'keyword']))
		.option('--min-score <score>', 'leave out hits of a lower score', score)
		.addOption(
			new Option('--precision <level>', 'least similarity').choices(['all', 'balanced', 'precision']),
		)
		.option('--tag <tag>', 'only notes with this tag or one below it; may be given again', addTag)
		.option('--path <glob>', 'only notes whose path matches, or begins so')
		.option('--modified-since <date>', 'only notes changed at or after 2026, 2026-01 or 2026-01-31', date)
		.option('--team', 'search notes that a team shares as well (jarvis.team.enabled)')
		.option('--explain', 'show where each score comes from')
		.option('--trace <file>', 'write what each stage took, as a trace for ui.perfetto.dev')
		.option('--queries <file>', 'ask each {"_id","text"} line of a file')
		.option('--run <file>', 'where the answers to --queries go, as a TREC run')
		.action(async (path: string, query: string | undefined, options: SearchOptions, command: Command) => {
			const asked = query ?? (hasFilters(options) && options.queries === undefined ? '' : undefined);
			if ((asked === undefined) === (options.queries === undefined))
				command.error('error: give a query, --queries, or a filter such as --tag');
			if ((options.queries === undefined) !== (options.run === undefined))
				command.error('error: --queries and --run go together');
			await withFolder(path, distDirectory, options, async (session) => {
				await ensureIndexed(session, options);
				await withTrace(session, options.trace, () =>
					asked === undefined ? searchBatch(session, options) : searchOnce(session, asked, options),
				);
			});
		});
}

async function searchOnce({ engine, signal }: Session, query: string, options: SearchOptions): Promise<void> {
	const result = await engine.search(paramsOf(query, options), signal);
	if (options.json === true) printJson(toJson(result));
	else printResult(result, options.explain === true);
}

async function searchBatch(session: Session, options: SearchOptions): Promise<void> {
	const { engine, signal } = session;
	// All questions of a run are answered alike.
	await settle(session);
	const queries = readQueries(readGivenFile(options.queries!), options.queries!);
	const took: number[] = [];
	const lines: string[] = [];
	for (const { id, text } of queries) {
		const result = await engine.search({ ...paramsOf(text, options), limit: options.limit ?? 100 }, signal);
		took.push(result.tookMs);
		for (const [at, { path, score }] of result.hits.entries()) {
			lines.push(`${id} Q0 ${path} ${at + 1} ${score} jarvis\n`);
		}
	}
	try {
		writeFileSync(options.run!, lines.join(''));
	} catch (error) {
		throw new UserError(`The run can't be written: ${(error as Error).message}`);
	}
	took.sort((a, b) => a - b);
	const meanMs = took.reduce((sum, ms) => sum + ms, 0) / Math.max(1, took.length);
	const summary = {
		queries: queries.length,
		meanMs: round(meanMs),
		p95Ms: round(took[Math.ceil(0.95 * took.length) - 1] ?? 0),
	};
	if (options.json === true) printJson(summary);
	else printLine(`${summary.queries} queries, mean ${summary.meanMs} ms, p95 ${summary.p95Ms} ms.`);
}

function paramsOf(query: string, options: SearchOptions): SearchParams {
	const { limit, offset, mode, minScore, precision, explain } = options;
	const given = { limit, offset, mode, minScore, precision, explain };
	return { query, filters: filtersOf(options), team: options.team === true, ...withoutUndefined(given) };
}

function hasFilters(options: SearchOptions): boolean {
	return Object.keys(filtersOf(options)).length > 0;
}

function filtersOf({ tag: tags, path, modifiedSince }: SearchOptions): SearchFilters {
	return withoutUndefined({ tags, path, modifiedSince });
}

function withoutUndefined<T extends object>(given: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as ReturnType<
		typeof withoutUndefined<T>
	>;
}

function toJson({ hits, ...result }: SearchResult): object {
	const plain = hits.map(({ uri: _uri, folder, ...hit }) =>
		hit.origin === 'team' ? { ...hit, workspace: folder } : hit,
	);
	return { ...result, hits: plain };
}

/** Hits, what they are of, and with `explain` where their scores come from. */
export function printResult(result: SearchResult, explain: boolean): void {
	const { notes, chunks, embedded } = result.coverage;
	for (const hit of result.hits) printHit(hit, explain);
	if (result.hits.length === 0) printLine('Nothing found.');
	const share =
		embedded === chunks ? '' : `, ${Math.floor((100 * embedded) / chunks)} % of passages embedded`;
	printLine(dim(`${result.total} of ${notes} notes, ${round(result.tookMs)} ms${share}`));
	if (result.semanticOff !== undefined) printLine(dim(`By words only: ${result.semanticOff}`));
	if (result.team?.kind === 'leftOut') printLine(dim(`Without the team: ${result.team.reason}`));
	if (result.team?.kind === 'answered' && result.team.semanticOff !== undefined)
		printLine(dim(`The team by words only: ${result.team.semanticOff}`));
	if (explain) {
		printLine(
			dim(
				Object.entries(result.stages)
					.map(([stage, ms]) => `${stage} ${round(ms)} ms`)
					.join(', '),
			),
		);
	}
}

function printHit(
	{
		origin,
		folder,
		path,
		title,
		heading,
		startLine,
		score,
		snippet,
		marks,
		parts,
		explain: explanation,
	}: Hit,
	explain: boolean,
): void {
	const place = `${origin === 'team' ? `${folder}: ` : ''}${path}:${startLine}`;
	printLine(`${bold(title)}  ${dim(place)}  ${score.toFixed(3)}`);
	if (heading !== '') printLine(dim(`  ${heading}`));
	printLine(`  ${markWords(snippet, marks)}`);
	if (explain) printLine(dim(`  keyword ${parts.keyword.toFixed(2)}, semantic ${parts.semantic.toFixed(3)}`));
	if (explanation !== undefined) printExplanation(explanation);
	printLine();
}

function printExplanation({ terms, zScores, shares, sentence }: Explanation): void {
	const added = terms.map(
		({ term, typed, weight, score }) =>
			`${weight < 1 ? `${term}… for “${typed}”, at ${round(weight * 100)} %,` : typed} ${score.toFixed(2)}`,
	);
	if (added.length > 0) printLine(dim(`  words: ${added.join(', ')}`));
	const shareOf = (leg: string) => {
		const share = shares?.[leg as keyof typeof zScores];
		return share === undefined ? '' : ` at ${Math.round(share * 100)} %`;
	};
	const deviations = Object.entries(zScores).map(([leg, z]) => `${leg} ${z.toFixed(2)}${shareOf(leg)}`);
	if (deviations.length > 0) printLine(dim(`  z-scores: ${deviations.join(', ')}`));
	if (sentence !== undefined) {
		const similarity = sentence.similarity === undefined ? '' : ` (${sentence.similarity.toFixed(3)})`;
		printLine(dim(`  nearest sentence${similarity}: ${sentence.text}`));
	}
}

function markWords(snippet: string, marks: Hit['marks']): string {
	let marked = '';
	let from = 0;
	for (const [start, end] of marks) {
		marked += snippet.slice(from, start) + bold(snippet.slice(start, end));
		from = end;
	}
	return marked + snippet.slice(from);
}

function addTag(tag: string, tags: readonly string[] = []): readonly string[] {
	return [...tags, tag];
}

function date(text: string): number {
	const dates = /^[<>]/.test(text) ? undefined : parseDates(text);
	if (dates === undefined) throw new InvalidArgumentError('must be a date such as 2026-01-31.');
	return dates.fromMs;
}

function score(text: string): number {
	const value = Number(text);
	if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('must be a number.');
	return value;
}

function round(ms: number): number {
	return Math.round(ms * 10) / 10;
}
