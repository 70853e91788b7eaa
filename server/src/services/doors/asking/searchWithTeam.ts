import type { SearchParams, SearchResult } from '../../../protocol/search.ts';
import { SearchTeam, type TeamAnswer } from '../../../protocol/team.ts';
import { pathWithin, uriOfNote } from '../../noteUri.ts';
import { pageLimit } from '../../search/pageLimit.ts';
import type { Answerers } from './answerers.ts';
import { searchAll } from './askAll.ts';
import { askForPage, mergeSearches } from './mergeAnswers.ts';

export interface TeamParts {
	/** Name that a folder's notes go by on the team's server. */
	readonly workspaceOf: (folderUri: string) => string;
	/** How long a search waits for the team. */
	readonly patienceMs: () => number;
}

/**
 * The best of all folders and of the team, whose notes are set beside those of here as folders led by different processes are.
 * What the team has is left out where it does not come in time or fails: the answer then says why.
 */
export async function searchWithTeam(
	answerers: Answerers,
	team: TeamParts,
	params: SearchParams,
	signal: AbortSignal,
): Promise<SearchResult> {
	const settings = answerers.settings();
	const { team: isWanted = settings['team.enabled'], ...own } = params;
	if (!isWanted) return searchAll(answerers, own, signal);
	const limit = pageLimit(params, settings);
	const asked = askForPage(own, limit);
	const [here, theirs] = await Promise.all([
		searchAll(answerers, asked, signal),
		askTeam(answerers, team, asked, signal),
	]);
	const { answer, result } = theirs;
	const merged = mergeSearches([here, result ?? nothing], own, limit);
	// Of the team it stands in what it answered.
	const { semanticOff: _off, ...rest } = merged;
	const semanticOff = here.semanticOff === undefined ? {} : { semanticOff: here.semanticOff };
	return { ...rest, ...semanticOff, team: answer };
}

const nothing: SearchResult = {
	...{ query: '', total: 0, tookMs: 0, hits: [], stages: {} },
	coverage: { notes: 0, chunks: 0, embedded: 0 },
};

async function askTeam(
	{ doors }: Answerers,
	{ workspaceOf, patienceMs }: TeamParts,
	search: SearchParams,
	signal: AbortSignal,
): Promise<{ readonly answer: TeamAnswer; readonly result?: SearchResult }> {
	const began = performance.now();
	const asked = doors.all();
	const answering = asked.filter(({ state }) => state.kind === 'leads' || state.kind === 'attached');
	const door = answering.find(({ home }) => home !== undefined) ?? answering[0];
	if (door === undefined) return leftOut('No folder is open that could ask the team.');
	const limitMs = patienceMs();
	const limit = AbortSignal.timeout(limitMs);
	const without = answering.map(({ id }) => workspaceOf(id.uri));
	try {
		const either = AbortSignal.any([signal, limit]);
		const result = await orAborted(
			door.ask(SearchTeam, () => ({ search, without }), either),
			either,
		);
		const here = new Map(asked.map(({ id }) => [workspaceOf(id.uri), id]));
		const hits = result.hits.map((hit) => {
			const uri = noteHere(here.get(hit.folder)?.uri, hit.path);
			return uri === undefined ? hit : { ...hit, uri };
		});
		const semanticOff = result.semanticOff === undefined ? {} : { semanticOff: result.semanticOff };
		const answer = { kind: 'answered', tookMs: performance.now() - began, ...semanticOff } as const;
		return { answer, result: { ...result, hits } };
	} catch (error) {
		signal.throwIfAborted();
		if (limit.aborted) return leftOut(`The team’s server has not answered within ${limitMs} ms.`);
		return leftOut(error instanceof Error ? error.message : String(error));
	}
}

/** The note's own address, where its workspace is a folder here; never one outside of it, whatever the server says. */
function noteHere(folderUri: string | undefined, path: string): string | undefined {
	if (folderUri === undefined) return undefined;
	const uri = uriOfNote(folderUri, path);
	return pathWithin(folderUri, uri) === path ? uri : undefined;
}

function leftOut(reason: string): { readonly answer: TeamAnswer } {
	return { answer: { kind: 'leftOut', reason } };
}

/** Whoever is asked may take longer than its signal says. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		const onAbort = () => reject(signal.reason);
		if (signal.aborted) onAbort();
		signal.addEventListener('abort', onAbort, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
	});
}
