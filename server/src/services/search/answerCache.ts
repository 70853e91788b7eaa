import type { SearchParams, SearchResult } from '../../protocol/search.ts';
import type { CacheStatus } from '../../protocol/status.ts';
import { type CacheLimits, TtlCache } from '../ttlCache.ts';

/**
 * Whole answers, by their question. All are dropped as soon as anything differs that answers are made from; an answer
 * that the model had no part in, because it was starting or off, is never kept.
 */
export class AnswerCache {
	readonly #answers: TtlCache<SearchResult>;
	#basis: readonly unknown[] = [];

	constructor(limits: () => CacheLimits) {
		this.#answers = new TtlCache(limits);
	}

	clear(): void {
		this.#answers.clear();
	}

	get status(): CacheStatus {
		return this.#answers.status;
	}

	/**
	 * The answer that is kept, or that `make` gives. `basis` tells what answers are made from now, piece by piece; pieces
	 * are compared by identity. Throws what `make` throws.
	 */
	async answer(
		params: SearchParams,
		basis: () => readonly unknown[],
		make: () => Promise<SearchResult>,
	): Promise<SearchResult> {
		const began = performance.now();
		const before = basis();
		if (!isSame(before, this.#basis)) {
			this.#answers.clear();
			this.#basis = before;
		}
		const { query, limit, offset, mode, minScore, precision, ...rest } = params;
		const key = JSON.stringify([query, limit, offset, mode, minScore, precision, rest]);
		const kept = this.#answers.get(key);
		if (kept !== undefined) {
			const tookMs = performance.now() - began;
			return { ...kept, tookMs, stages: { cache: tookMs } };
		}
		const made = await make();
		const isCurrent = isSame(before, basis()) && isSame(before, this.#basis);
		if (isCurrent && made.semanticOff === undefined) this.#answers.set(key, made);
		return made;
	}
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
	return a.length === b.length && a.every((piece, at) => piece === b[at]);
}
