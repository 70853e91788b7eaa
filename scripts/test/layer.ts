/** One layer of the pyramid of tests. */
export interface Layer {
	readonly name: string;
	run(): Promise<LayerResult>;
}

/** One layer, or some that run side by side. */
export type Step = Layer | readonly Layer[];

/** What a layer came to; a layer without a single passed or skipped test is failed by whoever makes the result. */
export interface LayerResult {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: readonly SkippedTest[];
	/** All that the layer printed; shown where something failed. */
	readonly output: string;
}

export interface SkippedTest {
	readonly title: string;
	readonly reason: string;
}

/** The result of a check that is one question with one answer. */
export function single(ok: boolean, output: string): LayerResult {
	return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [], output };
}
