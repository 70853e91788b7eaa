import type { Machine } from '../ports/machine.ts';
import type { Clock } from '../ports/system.ts';
import type { GraphParams, GraphResult } from '../protocol/graph.ts';
import type { RelatedParams, RelatedResult } from '../protocol/related.ts';
import type { SearchParams, SearchResult } from '../protocol/search.ts';
import type { StatusResult } from '../protocol/status.ts';
import type { SearchTeamParams } from '../protocol/team.ts';
import type { WhyNotFoundParams, WhyNotFoundResult } from '../protocol/whyNotFound.ts';
import type { Settings } from '../settings/schema.ts';
import type { Folder } from './folder/folder.ts';
import { GraphAnswers } from './graph/graphAnswers.ts';
import { Latencies } from './latencies.ts';
import type { ModelInUse } from './model/modelInUse.ts';
import { innermostWith } from './noteUri.ts';
import type { RequestRecorder } from './performance/requestRecorder.ts';
import { findRelated } from './related/related.ts';
import { AnswerCache } from './search/answerCache.ts';
import { search } from './search/search.ts';
import { searchTeam } from './team/searchTeam.ts';
import type { CacheLimits } from './ttlCache.ts';
import { whyNotFound } from './why/whyNotFound.ts';

export interface AnswerParts {
	/** All that are open here. */
	readonly folders: () => readonly Folder[];
	/** What questions are read with. */
	readonly model: ModelInUse;
	readonly limitsOf: (cache: 'queries' | 'graph') => CacheLimits;
	/** Counts what is asked. */
	readonly requests: RequestRecorder;
	readonly settings: () => Settings;
	readonly clock: Clock;
	readonly machine: Pick<Machine, 'physicalCores'>;
	/** How long an answer waits for a model that is not ready, before it goes out from keywords alone. */
	readonly patienceMs: number;
	/** Called after every search. */
	readonly onSearched: () => void;
}

/** What is asked of the notes, answered from folders that are open here: from a cache where nothing has changed since. */
export class Answers {
	/** Of searches. */
	readonly latencies: Latencies = new Latencies();
	readonly #parts: AnswerParts;
	readonly #searches: AnswerCache;
	readonly #graphs: GraphAnswers;

	constructor(parts: AnswerParts) {
		this.#parts = parts;
		this.#searches = new AnswerCache(() => parts.limitsOf('queries'));
		this.#graphs = new GraphAnswers(
			() => parts.limitsOf('graph'),
			parts.settings,
			() => parts.machine.physicalCores(),
		);
	}

	/** Here and below, `folders` are those to answer from, where it is not all. */
	async search(
		params: SearchParams,
		signal: AbortSignal,
		folders: readonly Folder[] = this.#parts.folders(),
	): Promise<SearchResult> {
		const { model, requests, settings, patienceMs, clock, onSearched } = this.#parts;
		const embedder = model.encoder(folders);
		const result = await requests.watch(signal, () =>
			this.#searches.answer(
				params,
				() => this.#basis(folders),
				() => search(folders, { embedder, settings, patienceMs }, params, signal),
			),
		);
		this.latencies.add(result.tookMs);
		requests.addSearch(result, clock.now());
		onSearched();
		return result;
	}

	/** A search for which nothing comes from a cache, and nothing goes into one. */
	searchAnew(params: SearchParams, signal: AbortSignal, folders: readonly Folder[]): Promise<SearchResult> {
		const { model, settings, patienceMs } = this.#parts;
		return search(folders, { embedder: model.answering(folders), settings, patienceMs }, params, signal);
	}

	/** See `searchTeam`; on the server of a folder's team. */
	searchTeam(folder: Folder, params: SearchTeamParams, signal: AbortSignal): Promise<SearchResult> {
		const { model, settings, patienceMs } = this.#parts;
		const embedder = model.encoder([folder]);
		return folder.team.ask((team, others) => {
			const languages = [...new Set(others.flatMap(({ languages }) => languages))];
			const context = { team, languages, embedder, settings: settings(), patienceMs };
			return searchTeam(context, params, signal);
		}, signal);
	}

	async related({ uri, line, limit }: RelatedParams, signal: AbortSignal): Promise<RelatedResult> {
		const { folders, requests } = this.#parts;
		const place = innermostWith(uri, folders());
		if (place === undefined) return { kind: 'unknown', related: [] };
		return requests.watch(signal, () => findRelated(place.holder, place.path, { line, limit }, signal));
	}

	/** See `answerGraph`. */
	async graph(params: GraphParams, signal: AbortSignal): Promise<GraphResult> {
		const { folders, requests } = this.#parts;
		const beganMs = performance.now();
		const folder = folders().find(({ id }) => id.uri === params.folder);
		const answer = await requests.watch(signal, () => this.#graphs.answer(folder, params, signal));
		requests.addGraph(performance.now() - beganMs);
		return answer;
	}

	/** See `whyNotFound`; among all folders, as a question is answered. */
	async whyNotFound(
		params: WhyNotFoundParams,
		signal: AbortSignal,
		folders: readonly Folder[] = this.#parts.folders(),
	): Promise<WhyNotFoundResult> {
		const { model, requests, settings, patienceMs } = this.#parts;
		const embedder = model.encoder(folders);
		const ask = (asked: SearchParams, by: Settings) =>
			search(folders, { embedder, settings: () => by, patienceMs }, asked, signal);
		const place = innermostWith(params.uri, folders);
		const context = { settings: settings(), search: ask };
		return requests.watch(signal, () =>
			whyNotFound(place && { folder: place.holder, path: place.path }, params, context, signal),
		);
	}

	/** How often an answer was there already. */
	get caches(): Pick<Required<StatusResult['caches']>, 'queries' | 'graph'> {
		return { queries: this.#searches.status, graph: this.#graphs.status };
	}

	/** Drops the answers to searches. */
	forgetSearches(): void {
		this.#searches.clear();
	}

	/** Drops all answers. */
	forget(): void {
		this.forgetSearches();
		this.#graphs.clear();
	}

	/** What an answer is made from now, by identity: see `AnswerCache`. */
	#basis(folders: readonly Folder[]): readonly unknown[] {
		const embedder = this.#parts.model.answering(folders);
		const indexes = folders.flatMap(({ index }) => [index, index.version]);
		return [this.#parts.settings(), embedder, embedder.state.kind === 'off', ...indexes];
	}
}
