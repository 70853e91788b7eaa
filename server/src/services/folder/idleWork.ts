/**
 * Work in short slices, one in each turn of the event loop: whatever else there is to do goes on between them. It is work
 * that may be left undone: a slice that fails ends it until it is begun again.
 */
export class IdleWork {
	readonly #slice: () => boolean;
	#isBusy = false;

	/** `slice` returns whether there is more to do. */
	constructor(slice: () => boolean) {
		this.#slice = slice;
	}

	/** Begins, unless it has. The process does not stay for it. */
	begin(): void {
		if (this.#isBusy) return;
		this.#isBusy = true;
		const turn = () => {
			try {
				this.#isBusy = this.#slice();
			} catch {
				this.#isBusy = false;
			}
			if (this.#isBusy) setImmediate(turn).unref();
		};
		setImmediate(turn).unref();
	}
}
