/**
 * What crosses between a front door (editor, command line) and the engine: plain readonly data.
 * Lines are 1-based and inclusive; `path` is relative to its folder with `/`; times are milliseconds.
 */
import { NotificationType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { RelatedWeights } from './core/ranking/relatedWeights.ts';

/** Client -> server. Best passages first; says how much of the workspace has vectors yet. */
export const Search = new RequestType<SearchParams, SearchResult, void>('jarvis/search');
/** Client -> server. Notes near to a note, or to the passage at a line of it, and why. */
export const Related = new RequestType<RelatedParams, RelatedResult, void>('jarvis/related');
/** Client -> server. Health, coverage, memory and timings. */
export const Status = new RequestType0<StatusResult, void>('jarvis/status');
/** Client -> server. Notes that are not searchable, with the reason of each. */
export const Unindexed = new RequestType0<UnindexedResult, void>('jarvis/unindexed');
/** Client -> server. Does one thing to the index of every folder and returns when it has begun (or, for `delete`, is done). */
export const Control = new RequestType<ControlParams, void, void>('jarvis/control');
/** Client -> server. The models that can be chosen, and what each would cost here. */
export const ListModels = new RequestType0<ModelsResult, void>('jarvis/listModels');
/** Client -> server, after the user has agreed. Fetches a model's files; ends when they are there and checked. */
export const FetchModel = new RequestType<FetchModelParams, void, void>('jarvis/fetchModel');
/** Server -> client, while a model is fetched. */
export const FetchProgress = new NotificationType<FetchProgressParams>('jarvis/fetchProgress');
/** Client -> server. Hides links of each folder's own notes and says how well related-notes finds them again; `MeasureProgress` goes out meanwhile. */
export const MeasureQuality = new RequestType0<MeasureQualityResult, void>('jarvis/measureQuality');
/** Client -> server. From now on, and after rebuilds, related notes of the folder are weighed so. */
export const ApplyWeights = new RequestType<ApplyWeightsParams, void, void>('jarvis/applyWeights');
/** Server -> client, while `MeasureQuality` runs. */
export const MeasureProgress = new NotificationType<MeasureProgressParams>('jarvis/measureProgress');
/** Server -> client, at most twice a second while something changes. */
export const StatusChanged = new NotificationType<StatusResult>('jarvis/statusChanged');
/** Server -> client: said once each; `message` tells what happened and what to do. */
export const Told = new NotificationType<ToldParams>('jarvis/told');

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
	/** Milliseconds by stage: embed, scan, keyword, fuse, fetch. */
	readonly stages: Readonly<Record<string, number>>;
	/** Why the answer is from keywords alone, when it is. */
	readonly semanticOff?: string;
}

export interface Coverage {
	readonly notes: number;
	readonly chunks: number;
	/** Chunks that have a vector. */
	readonly embedded: number;
}

export interface Hit {
	readonly uri: string;
	/** Name of the workspace folder. */
	readonly folder: string;
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
	/** Terms of the question that the passage holds, and what each adds to `parts.keyword`, most first. */
	readonly terms: readonly { readonly term: string; readonly weight: number; readonly score: number }[];
	/** Deviations of a leg's score from the mean of its best, by leg. */
	readonly zScores: { readonly keyword?: number; readonly semantic?: number };
	/** The sentence of the passage nearest to the question; with its cosine, or by words while there is no model. */
	readonly sentence?: { readonly text: string; readonly similarity?: number };
}

export interface ScoreParts {
	/** BM25 of the passage. */
	readonly keyword: number;
	/** Cosine of passage and query. */
	readonly semantic: number;
	readonly graph: number;
}

export interface RelatedParams {
	readonly uri: string;
	/** Narrows to the passage at this line. */
	readonly line?: number;
	readonly limit?: number;
}

export interface RelatedResult {
	/** `unknown`: no such note in the index. */
	readonly kind: 'found' | 'unknown';
	readonly related: readonly RelatedNote[];
}

export interface RelatedNote {
	readonly uri: string;
	readonly folder: string;
	readonly path: string;
	readonly title: string;
	readonly heading: string;
	readonly startLine: number;
	readonly endLine: number;
	readonly score: number;
	readonly why: Why;
	/** The same in words, most telling first: 'links here', '2 shared tags: a, b', 'passage: Roots'. */
	readonly reasons: readonly string[];
}

export interface Why {
	readonly passages: readonly {
		readonly heading: string;
		readonly startLine: number;
		readonly similarity: number;
	}[];
	/** Notes that both link to, by path. */
	readonly sharedLinks: readonly string[];
	readonly sharedTags: readonly string[];
	/** Notes along the link from one to the other, both ends included; empty when there is none. */
	readonly linkPath: readonly string[];
}

export interface MeasureQualityResult {
	readonly folders: readonly (LinkEvaluation & { readonly uri: string; readonly folder: string })[];
}

export interface MeasureProgressParams {
	/** Links hidden so far, over all folders whose turn has come. */
	readonly done: number;
	readonly total: number;
}

export interface ApplyWeightsParams {
	/** Of the workspace folder. */
	readonly uri: string;
	readonly weights: RelatedWeights;
}

/** How well related-notes finds hidden links again: with the weights of now, and with others. */
export interface LinkEvaluation extends LinkQuality {
	readonly pairs: number;
	readonly current: RelatedWeights;
	/** Best first. */
	readonly byWeights: readonly (LinkQuality & { readonly weights: RelatedWeights })[];
	/** Chosen on one half of the pairs; `current` where nothing is better, or the pairs are too few. */
	readonly best: RelatedWeights;
	/** The other half, with the weights of now and with `best`. */
	readonly check: { readonly pairs: number; readonly before: LinkQuality; readonly after: LinkQuality };
	/** Whether `best` did better on the other half, by more than chance would. */
	readonly isBetter: boolean;
}

export interface LinkQuality {
	/** Share of the linked notes among the first ten. */
	readonly recall10: number;
	/** Mean of 1 / place of the linked note. */
	readonly mrr: number;
}

export type Health = 'healthy' | 'degraded' | 'disabled' | 'unconfigured';

export interface StatusResult {
	readonly health: Health;
	/** What is wrong and what to do, when something is. */
	readonly problems: readonly string[];
	readonly index: IndexStatus;
	readonly memory: MemoryStatus;
	readonly models: readonly ModelStatus[];
	readonly graph: GraphStatus;
	readonly search: SearchStatus;
	readonly caches: { readonly queries: CacheStatus; readonly encodings: CacheStatus };
	readonly folders: readonly FolderStatus[];
}

export interface IndexStatus extends Coverage {
	readonly state: 'opening' | 'scanning' | 'reading' | 'embedding' | 'paused' | 'ready' | 'off';
	/** Notes still to be read. */
	readonly pendingNotes: number;
	readonly skipped: number;
	readonly bytes: number;
	/** Seconds until everything is embedded, once that can be told. */
	readonly secondsLeft?: number;
	/** The model that is to take over, and how many passages it has read; answers come from the other one by then. */
	readonly switching?: { readonly to: string; readonly embedded: number };
}

export interface MemoryStatus {
	/** Resident memory of server and model processes together. */
	readonly totalMb: number;
	readonly serverMb: number;
	readonly embedderMb: number;
}

export interface ModelStatus {
	readonly id: string;
	readonly state: 'idle' | 'starting' | 'ready' | 'off';
	readonly reason?: string;
	/** `answers`: its vectors are searched; `next`: it reads the passages, to take over then. */
	readonly use: 'answers' | 'next';
}

export interface CacheStatus {
	/** Entries now, and at most. */
	readonly size: number;
	readonly limit: number;
	readonly hits: number;
	readonly misses: number;
	/** Hits of all look-ups, 0 to 1; 0 before the first. */
	readonly hitRate: number;
}

export interface ModelsResult {
	readonly models: readonly ModelOffer[];
	/** Passages of all folders. */
	readonly passages: number;
}

export interface ModelOffer {
	/** What `jarvis.model.preset` takes. */
	readonly name: string;
	readonly modelId: string;
	readonly repository: string;
	readonly state: 'bundled' | 'fetched' | 'absent';
	readonly languages: string;
	readonly isWanted: boolean;
	/** Of all files, where that is known. */
	readonly bytes?: number;
	/** Whether its files can be held to a hash at the first download already. */
	readonly isHashKnown: boolean;
	/** Passages it has not read yet. */
	readonly passagesAhead: number;
	/** Time to read them, at the pace measured on this machine; left out where it can't be told. */
	readonly seconds?: number;
}

export interface FetchModelParams {
	readonly name: string;
}

export interface FetchProgressParams {
	readonly name: string;
	readonly doneBytes: number;
	readonly totalBytes?: number;
}

export interface GraphStatus {
	readonly backend: 'embedded';
	/** Links between notes, and links whose note there is not. */
	readonly links: number;
	readonly unresolved: number;
}

export interface SearchStatus {
	readonly count: number;
	readonly lastMs?: number;
	readonly p95Ms?: number;
}

export interface FolderStatus {
	readonly uri: string;
	readonly name: string;
	readonly indexFile: string;
	readonly index: IndexStatus;
	readonly problems: readonly string[];
}

export interface UnindexedResult {
	readonly notes: readonly {
		readonly uri: string;
		readonly folder: string;
		readonly path: string;
		readonly reason: string;
	}[];
}

export interface ControlParams {
	readonly action: 'rebuild' | 'pause' | 'resume' | 'delete';
}

export interface ToldParams {
	readonly kind: 'info' | 'warning' | 'error';
	readonly message: string;
}

/** What the editor hands over when it starts the server. */
export interface StartOptions {
	/** `jarvis.*` settings without the prefix, of a trusted source only. */
	readonly settings: Readonly<Record<string, unknown>>;
	/** Globs of the editor's `files.exclude`. */
	readonly exclude: readonly string[];
}
