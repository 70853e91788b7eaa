/** Opens after too many failures in a row, or when it is told to; then nothing is tried for a while. */
export class CircuitBreaker {
	readonly #mostFailures: number;
	readonly #restMs: number;
	#failures = 0;
	#openedMs = Number.NEGATIVE_INFINITY;

	constructor({ mostFailures, restMs }: { readonly mostFailures: number; readonly restMs: number }) {
		this.#mostFailures = mostFailures;
		this.#restMs = restMs;
	}

	/** Whether it rests. */
	get isOpen(): boolean {
		return Date.now() - this.#openedMs < this.#restMs;
	}

	succeed(): void {
		this.#failures = 0;
	}

	/** Counts a failure; returns whether that was one too many. */
	fail(): boolean {
		return ++this.#failures >= this.#mostFailures;
	}

	/** Lets nothing be tried from now until the rest is over. */
	open(): void {
		this.#failures = 0;
		this.#openedMs = Date.now();
	}
}
