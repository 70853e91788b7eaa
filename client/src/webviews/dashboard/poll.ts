/** Asks again and again while someone looks, never twice at once. */
export class Poll {
	readonly #ask: () => Promise<number>;
	#timer: NodeJS.Timeout | undefined;
	/** Raised by every stop, so that an answer that comes late starts nothing. */
	#turn = 0;
	#isRunning = false;

	/** `ask` resolves to the milliseconds after which it wants to be called again; it must not reject. */
	constructor(ask: () => Promise<number>) {
		this.#ask = ask;
	}

	/** Asks at once, and from then on; does nothing where it runs already. */
	start(): void {
		if (this.#isRunning) return;
		this.#isRunning = true;
		void this.#next(this.#turn);
	}

	stop(): void {
		this.#turn++;
		this.#isRunning = false;
		clearTimeout(this.#timer);
	}

	async #next(turn: number): Promise<void> {
		const waitMs = await this.#ask();
		if (turn !== this.#turn) return;
		this.#timer = setTimeout(() => void this.#next(turn), waitMs);
	}
}
