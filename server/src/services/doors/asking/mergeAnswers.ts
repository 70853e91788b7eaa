import type { LedgerParams, LedgerResult } from '../../../protocol/ledger.ts';
import type { ModelsResult } from '../../../protocol/models.ts';
import type { SearchParams, SearchResult } from '../../../protocol/search.ts';
import type { FolderStatus, IndexStatus, ModelStatus, StatusResult } from '../../../protocol/status.ts';
import { usualEntries } from '../../ledger.ts';
import { mergeHealth, wholeHealth } from '../../performance/describeHealth.ts';
import { addUp, healthOf } from '../../status.ts';

/** What each leader is to be asked for, so that `mergeSearches` can cut the page out of all. */
export function askForPage(params: SearchParams, limit: number): SearchParams {
	return { ...params, offset: 0, limit: (params.offset ?? 0) + (params.limit ?? limit) };
}

/**
 * One answer of several, each by another process from folders of its own. A score says by how many deviations a passage
 * stands out among the best of the index it is in; so the merged order compares how well each fits within its own folder,
 * and not, as within one process, how well it fits among all. Ties keep the order of the folders.
 */
export function mergeSearches(
	parts: readonly SearchResult[],
	{ offset = 0, limit }: SearchParams,
	usualLimit: number,
): SearchResult {
	const [first, ...rest] = parts;
	if (rest.length === 0) return first!;
	const sum = (value: (part: SearchResult) => number) =>
		parts.reduce((total, part) => total + value(part), 0);
	const hits = parts.flatMap((part) => part.hits).sort((a, b) => b.score - a.score);
	const stages: Record<string, number> = {};
	for (const part of parts) {
		// They ran side by side.
		for (const [stage, ms] of Object.entries(part.stages)) stages[stage] = Math.max(stages[stage] ?? 0, ms);
	}
	const semanticOff = parts.find((part) => part.semanticOff !== undefined)?.semanticOff;
	return {
		query: first!.query,
		total: sum(({ total }) => total),
		tookMs: Math.max(...parts.map(({ tookMs }) => tookMs)),
		coverage: {
			notes: sum(({ coverage }) => coverage.notes),
			chunks: sum(({ coverage }) => coverage.chunks),
			embedded: sum(({ coverage }) => coverage.embedded),
		},
		hits: hits.slice(offset, offset + (limit ?? usualLimit)),
		stages,
		...(semanticOff === undefined ? {} : { semanticOff }),
	};
}

/** The same for `mergeLedgers`. */
export function askForEntries({ offset = 0, limit = usualEntries, ...params }: LedgerParams): LedgerParams {
	return { ...params, offset: 0, limit: offset + limit };
}

/** One page of several answers, each by another process from folders of its own. */
export function mergeLedgers(
	parts: readonly LedgerResult[],
	{ offset = 0, limit = usualEntries }: LedgerParams,
): LedgerResult {
	const sum = (value: (part: LedgerResult) => number) =>
		parts.reduce((total, part) => total + value(part), 0);
	const entries = parts
		.flatMap((part) => part.entries)
		.sort((a, b) => compare(a.path, b.path) || compare(a.uri, b.uri));
	return {
		total: sum(({ total }) => total),
		counts: {
			indexed: sum(({ counts }) => counts.indexed),
			pending: sum(({ counts }) => counts.pending),
			skipped: sum(({ counts }) => counts.skipped),
			failed: sum(({ counts }) => counts.failed),
		},
		entries: entries.slice(offset, offset + limit),
		excluded: parts.flatMap((part) => part.excluded),
	};
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** The models of this machine, and what each would cost in all folders, whoever leads them. */
export function mergeModels(parts: readonly ModelsResult[]): ModelsResult {
	const [first, ...rest] = parts;
	const models = first!.models.map((offer) => {
		const same = rest.flatMap(({ models }) => models.find(({ name }) => name === offer.name) ?? []);
		const seconds = [offer, ...same].flatMap(({ seconds }) => seconds ?? []);
		return {
			...offer,
			passagesAhead: same.reduce((total, { passagesAhead }) => total + passagesAhead, offer.passagesAhead),
			...(seconds.length === 0 ? {} : { seconds: seconds.reduce((a, b) => a + b) }),
		};
	});
	return { models, passages: parts.reduce((total, { passages }) => total + passages, 0) };
}

/**
 * The status of all folders: `own` of those led here, `others` of those led elsewhere, of which `folders` has every one in
 * order. Memory and delays are this process's; models, caches and timings are where answers come from.
 */
export function mergeStatus(
	own: StatusResult,
	others: readonly StatusResult[],
	folders: readonly FolderStatus[],
): StatusResult {
	const answering = own.folders.length > 0 || others.length === 0 ? own : others[0]!;
	const parts = own.folders.length > 0 ? [own, ...others] : others;
	const problems = new Set([
		...own.problems,
		...others.flatMap(({ problems }) => problems),
		...folders.flatMap(({ problems }) => problems),
	]);
	const index = addUp(folders.map(({ index }) => index));
	const models = parts.flatMap(({ models }) => models).filter(isFirst);
	const health = mergeHealth(parts.length === 0 ? [own] : parts, { index, folders, models });
	return {
		...answering,
		health: wholeHealth(healthOf(folders, [...problems]), health),
		problems: [...problems],
		index,
		memory: own.memory,
		eventLoop: own.eventLoop,
		models,
		parts: health,
		graph: {
			backend: parts.some(({ graph }) => graph.backend === 'neo4j') ? 'neo4j' : 'embedded',
			links: parts.reduce((total, { graph }) => total + graph.links, 0),
			unresolved: parts.reduce((total, { graph }) => total + graph.unresolved, 0),
		},
		folders,
	};
}

/** Of a folder whose index can't be asked now. */
export function unknownIndex(state: 'opening' | 'off'): IndexStatus {
	return { state, notes: 0, chunks: 0, embedded: 0, pendingNotes: 0, skipped: 0, bytes: 0 };
}

function isFirst(model: ModelStatus, at: number, models: readonly ModelStatus[]): boolean {
	return models.findIndex(({ id, use }) => id === model.id && use === model.use) === at;
}
