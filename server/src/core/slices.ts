/** Work of one go: less than a fifth of what a key press may wait for. */
const sliceMs = 8;

/** Steps of some nanoseconds each that are gone without a look at the clock. */
const runLength = 1 << 15;

/** Cuts long work into slices, between which the thread does what else has come. */
export class Slices {
	#beganMs = performance.now();

	/** Lets others in, once a slice is over. */
	async pause(): Promise<void> {
		if (performance.now() - this.#beganMs < sliceMs) return;
		await new Promise(setImmediate);
		this.#beganMs = performance.now();
	}

	/** Goes through `count` small steps in runs, which are told from where to where, the end left out; lets others in between. */
	async runs(count: number, run: (from: number, to: number) => void): Promise<void> {
		for (let from = 0; from < count; from += runLength) {
			await this.pause();
			run(from, Math.min(count, from + runLength));
		}
	}
}
