import { LRUCache } from 'lru-cache';
import type { CacheStatus } from '../protocol/status.ts';

export interface CacheLimits {
	/** Entries at most; 0 keeps none. */
	readonly size: number;
	readonly ttlSeconds: number;
}

/** Keeps what was used last, for a while, and counts how often that helped. Its limits may change at any time. */
export class TtlCache<Value extends object> {
	readonly #limits: () => CacheLimits;
	#entries: LRUCache<string, Value> | undefined;
	#made: CacheLimits = { size: 0, ttlSeconds: 0 };
	#hits = 0;
	#misses = 0;

	constructor(limits: () => CacheLimits) {
		this.#limits = limits;
	}

	get(key: string): Value | undefined {
		const found = this.#current()?.get(key);
		if (found === undefined) this.#misses++;
		else this.#hits++;
		return found;
	}

	set(key: string, value: Value): void {
		this.#current()?.set(key, value);
	}

	clear(): void {
		this.#entries?.clear();
	}

	get status(): CacheStatus {
		const asked = this.#hits + this.#misses;
		return {
			size: this.#current()?.size ?? 0,
			limit: this.#limits().size,
			hits: this.#hits,
			misses: this.#misses,
			hitRate: asked === 0 ? 0 : this.#hits / asked,
		};
	}

	#current(): LRUCache<string, Value> | undefined {
		const { size, ttlSeconds } = this.#limits();
		if (size !== this.#made.size || ttlSeconds !== this.#made.ttlSeconds) {
			this.#made = { size, ttlSeconds };
			this.#entries = size === 0 ? undefined : new LRUCache({ max: size, ttl: ttlSeconds * 1000 });
		}
		return this.#entries;
	}
}
