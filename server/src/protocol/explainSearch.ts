/** Where the time of one search goes, and why each hit ranks where it does. */
import { RequestType } from 'vscode-jsonrpc';
import type { SearchParams, SearchResult } from './search.ts';

/** Client -> server. Asks a question anew, by no kept answer, and tells how it was answered. */
export const ExplainSearch = new RequestType<SearchParams, ExplainSearchResult, void>('jarvis/explainSearch');

export interface ExplainSearchResult {
	/** One of each process that leads a folder. */
	readonly parts: readonly SearchExplanation[];
}

export interface SearchExplanation {
	readonly pid: number;
	/** Every hit with its explanation. */
	readonly result: SearchResult;
	/** Of `result.tookMs`, what went into explaining the hits: a search that nobody explains is done without. */
	readonly explainingMs: number;
	/** Of the search alone, in order of their beginning: our own, those of the model, and statements of the database. */
	readonly stages: readonly ExplainedStage[];
	/** The stages drawn as bars over time, a line each, for letters of one width. */
	readonly waterfall: readonly string[];
	/** Of the search alone. */
	readonly statements: readonly ExplainedStatement[];
}

export interface ExplainedStage {
	readonly category: 'search' | 'model' | 'database';
	readonly name: string;
	/** After the search began, milliseconds. */
	readonly startMs: number;
	readonly ms: number;
}

export interface ExplainedStatement {
	readonly sql: string;
	readonly startMs: number;
	readonly ms: number;
	/** DuckDB's `EXPLAIN ANALYZE` of a second run, when blocks are in memory; none of what is no query, or can't be run again. */
	readonly plan?: string;
}
