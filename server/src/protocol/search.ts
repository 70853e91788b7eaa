/** Questions and their answers. */
import { RequestType } from 'vscode-jsonrpc';
import type { TeamAnswer } from './team.ts';

/** Client -> server. Best passages first; says how much of the workspace has vectors yet. */
export const Search = new RequestType<SearchParams, SearchResult, void>('jarvis/search');

export type SearchMode = 'hybrid' | 'semantic' | 'keyword';

export type Precision = 'all' | 'balanced' | 'precision';

export interface SearchParams {
	readonly query: string;
	/** Notes to return; the setting's default when left out. */
	readonly limit?: number;
	readonly offset?: number;
	readonly mode?: SearchMode;
	/** Hits of a lower score are left out. */
	readonly minScore?: number;
	readonly precision?: Precision;
	/** The last word is still being typed: words that it begins are found too. */
	readonly prefixLast?: boolean;
	/** Conditions besides those written in `query`. */
	readonly filters?: SearchFilters;
	/** Says of every hit where its score comes from. */
	readonly explain?: boolean;
	/** Whether notes that a team shares are searched too; the setting's default when left out. */
	readonly team?: boolean;
}

/** All must hold; applied before the cut to the best. */
export interface SearchFilters {
	/** Nested tags count as their parents: `food` finds `food/baking`. */
	readonly tags?: readonly string[];
	/** Glob, or what the path begins with. */
	readonly path?: string;
	/** Name of the workspace folder. */
	readonly folder?: string;
	/** Milliseconds since the epoch. */
	readonly modifiedSince?: number;
}

export interface SearchResult {
	readonly query: string;
	/** Notes that match, of which `hits` is one page. */
	readonly total: number;
	readonly tookMs: number;
	readonly coverage: Coverage;
	readonly hits: readonly Hit[];
	/** Milliseconds by stage: embed, scan, keyword, fuse, fetch; and explain, where it is asked for. */
	readonly stages: Readonly<Record<string, number>>;
	/** Why the answer is from keywords alone, when it is. */
	readonly semanticOff?: string;
	/** Where a team was to be asked. */
	readonly team?: TeamAnswer;
}

export interface Coverage {
	readonly notes: number;
	readonly chunks: number;
	/** Chunks that have a vector. */
	readonly embedded: number;
}

export interface Hit {
	/** Of the note; where that is not on this machine (see `origin`), of a page to read, by `teamScheme`. */
	readonly uri: string;
	/** Name of the workspace folder; of what a team shares, the workspace's. */
	readonly folder: string;
	/** Left out for what is in this workspace's own index. */
	readonly origin?: 'team';
	readonly path: string;
	readonly title: string;
	/** Headings above the passage, outermost first, joined by ' > '. */
	readonly heading: string;
	readonly startLine: number;
	readonly endLine: number;
	/** Comparable within one answer only. */
	readonly score: number;
	readonly snippet: string;
	/** Stretches of `snippet` that match the query: start and end offset of each. */
	readonly marks: readonly (readonly [number, number])[];
	readonly parts: ScoreParts;
	readonly explain?: Explanation;
}

/** Where a hit's score comes from. */
export interface Explanation {
	/** Terms that the passage holds for words of the question, most first. */
	readonly terms: readonly TermScore[];
	/** Deviations of a leg's score from the mean of its best, by leg. */
	readonly zScores: { readonly keyword?: number; readonly semantic?: number };
	/** What each leg's deviations count in a fused score; they add up to one. */
	readonly shares?: { readonly keyword?: number; readonly semantic?: number };
	/** The sentence of the passage nearest to the question; with its cosine, or by words while there is no model. */
	readonly sentence?: { readonly text: string; readonly similarity?: number };
}

export interface TermScore {
	/** As the index has it: a stem. */
	readonly term: string;
	/** The word of the question that it stands for. */
	readonly typed: string;
	/** 1 for the word itself; less for one that it begins, or may be a mistake for. */
	readonly weight: number;
	/** What it adds to `parts.keyword`. */
	readonly score: number;
}

export interface ScoreParts {
	/** BM25 of the passage. */
	readonly keyword: number;
	/** Cosine of passage and query. */
	readonly semantic: number;
	readonly graph: number;
}
