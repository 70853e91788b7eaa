const kept = 200;

/** Durations of the last 200 answers, in milliseconds. */
export class Latencies {
	readonly #values: number[] = [];
	#count = 0;

	add(tookMs: number): void {
		this.#count++;
		this.#values.push(tookMs);
		if (this.#values.length > kept) this.#values.shift();
	}

	get count(): number {
		return this.#count;
	}

	get last(): number | undefined {
		return this.#values.at(-1);
	}

	/** The value that `share` (0 to 1) of the kept ones do not exceed. */
	quantile(share: number): number | undefined {
		const sorted = this.#values.toSorted((a, b) => a - b);
		return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
	}
}
