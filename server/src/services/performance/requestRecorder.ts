import { UserError } from '../../ports/system.ts';
import type { SearchSample, SlowSearch } from '../../protocol/performance.ts';
import type { SearchResult } from '../../protocol/search.ts';
import { quantileOf } from './quantile.ts';

/** Searches among which the slowest are looked for. */
const kept = 1000;
const shown = 10;
/** Of a question, so that a pasted page is not kept. */
const longestQuery = 200;

/** What was asked and how it went, counted from one sample to the next. */
export class RequestRecorder {
	readonly #recent: SlowSearch[] = [];
	#tookMs: number[] = [];
	#stages = new Map<string, { sumMs: number; count: number }>();
	#graphMs: number[] = [];
	#requests = 0;
	#errors = 0;

	/**
	 * Runs a request and counts it, and whether it failed: one that was taken back by `signal` did not, nor did one that the
	 * user can set right.
	 */
	async watch<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
		try {
			const result = await run();
			this.#requests++;
			return result;
		} catch (error) {
			if (!signal.aborted && !(error instanceof UserError)) {
				this.#requests++;
				this.#errors++;
			}
			throw error;
		}
	}

	addSearch(
		{ query, tookMs, stages }: Pick<SearchResult, 'query' | 'tookMs' | 'stages'>,
		atMs: number,
	): void {
		this.#tookMs.push(tookMs);
		for (const [stage, ms] of Object.entries(stages)) {
			const { sumMs, count } = this.#stages.get(stage) ?? { sumMs: 0, count: 0 };
			this.#stages.set(stage, { sumMs: sumMs + ms, count: count + 1 });
		}
		this.#recent.push({ query: query.slice(0, longestQuery), atMs, tookMs, stages });
		if (this.#recent.length > kept) this.#recent.shift();
	}

	/** How long a question to the graph took. */
	addGraph(tookMs: number): void {
		this.#graphMs.push(tookMs);
	}

	/** The slowest of the last searches, the slowest first. */
	get slowest(): readonly SlowSearch[] {
		return this.#recent.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, shown);
	}

	/** What was counted since this was called before. */
	take(): {
		readonly search: SearchSample;
		readonly graph: { readonly count: number; readonly p95Ms?: number };
		readonly requests: number;
		readonly errors: number;
	} {
		const graphP95Ms = quantileOf(this.#graphMs, 0.95);
		const taken = {
			search: this.#searchSample(),
			graph: {
				count: this.#graphMs.length,
				...(graphP95Ms === undefined ? {} : { p95Ms: graphP95Ms }),
			},
			requests: this.#requests,
			errors: this.#errors,
		};
		this.#tookMs = [];
		this.#stages = new Map();
		this.#graphMs = [];
		this.#requests = 0;
		this.#errors = 0;
		return taken;
	}

	#searchSample(): SearchSample {
		const stages = Object.fromEntries(
			[...this.#stages].map(([stage, { sumMs, count }]) => [stage, sumMs / count]),
		);
		const p50Ms = quantileOf(this.#tookMs, 0.5);
		const p95Ms = quantileOf(this.#tookMs, 0.95);
		const count = this.#tookMs.length;
		return p50Ms === undefined || p95Ms === undefined ? { count, stages } : { count, p50Ms, p95Ms, stages };
	}
}
