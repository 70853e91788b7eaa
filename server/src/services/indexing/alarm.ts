/** A sleep that may be ended before its time. */
export class Alarm {
	readonly #signal: AbortSignal;
	#wake: () => void = () => {};

	/** Once `signal` is aborted nobody sleeps any more; whoever sleeps then has to be woken. */
	constructor(signal: AbortSignal) {
		this.#signal = signal;
	}

	wake(): void {
		this.#wake();
	}

	/** Waits for `ms`, or without it for `wake` alone. */
	sleep(ms?: number): Promise<void> {
		if (this.#signal.aborted) return Promise.resolve();
		return new Promise((resolve) => {
			const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}
