/** Work in short slices, one in each turn of the event loop: whatever else there is to do goes on between them. */
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
			if (this.#slice()) setImmediate(turn).unref();
			else this.#isBusy = false;
		};
		setImmediate(turn).unref();
	}
}
