const leastGapMs = 500;

/** Calls its listeners at once, and then at most twice a second. */
export class Doorbell {
	readonly #listeners = new Set<() => void>();
	#timer: NodeJS.Timeout | undefined;
	#isDue = false;

	/** Returns what takes the listener away again. */
	add(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	ring(): void {
		this.#isDue = true;
		if (this.#timer !== undefined || this.#listeners.size === 0) return;
		this.#isDue = false;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			if (this.#isDue) this.ring();
		}, leastGapMs).unref();
		for (const listener of this.#listeners) listener();
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#listeners.clear();
	}
}
