import { tellSpan } from '../tracing/spans.ts';

/** Milliseconds by stage, from one lap to the next. */
export class Stopwatch {
	readonly #laps: Record<string, number> = {};
	#last = performance.now();

	lap(stage: string): void {
		const now = performance.now();
		const durationMs = now - this.#last;
		this.#laps[stage] = durationMs;
		tellSpan({ category: 'search', name: stage, startMs: this.#last, durationMs });
		this.#last = now;
	}

	get laps(): Readonly<Record<string, number>> {
		return this.#laps;
	}
}
