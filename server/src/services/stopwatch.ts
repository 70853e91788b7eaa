/** Milliseconds by stage, from one lap to the next. */
export class Stopwatch {
	readonly #laps: Record<string, number> = {};
	#last = performance.now();

	lap(stage: string): void {
		const now = performance.now();
		this.#laps[stage] = now - this.#last;
		this.#last = now;
	}

	get laps(): Readonly<Record<string, number>> {
		return this.#laps;
	}
}
