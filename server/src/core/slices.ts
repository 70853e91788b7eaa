/** Work of one go: less than a fifth of what a key press may wait for. */
const sliceMs = 8;

/** Cuts long work into slices, between which the thread does what else has come. */
export class Slices {
	#beganMs = performance.now();

	/** Lets others in, once a slice is over. */
	async pause(): Promise<void> {
		if (performance.now() - this.#beganMs < sliceMs) return;
		await new Promise(setImmediate);
		this.#beganMs = performance.now();
	}
}
