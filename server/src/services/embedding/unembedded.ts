/** A text, and one of the passages that wait for its vector. */
export interface WaitingText {
	readonly textHash: string;
	readonly passageId: number;
}

/** Passages that wait for a vector, by the hash of their text, in order of arrival: equal texts wait as one. */
export class Unembedded {
	readonly #passages = new Map<string, Set<number>>();

	/** Texts that wait. */
	get size(): number {
		return this.#passages.size;
	}

	has(textHash: string): boolean {
		return this.#passages.has(textHash);
	}

	add(textHash: string, passageId: number): void {
		const waiting = this.#passages.get(textHash);
		if (waiting === undefined) this.#passages.set(textHash, new Set([passageId]));
		else waiting.add(passageId);
	}

	/** One passage of each of the `count` texts that have waited longest. */
	first(count: number): readonly WaitingText[] {
		const found: WaitingText[] = [];
		for (const [textHash, [passageId]] of this.#passages) {
			if (found.length === count) break;
			if (passageId !== undefined) found.push({ textHash, passageId });
		}
		return found;
	}

	/** Removes a text; returns the passages that waited for it. */
	take(textHash: string): ReadonlySet<number> {
		const waiting = this.#passages.get(textHash) ?? new Set();
		this.#passages.delete(textHash);
		return waiting;
	}

	clear(): void {
		this.#passages.clear();
	}

	/** Removes a passage that is gone. */
	remove(textHash: string, passageId: number): void {
		const waiting = this.#passages.get(textHash);
		if (waiting?.delete(passageId) === true && waiting.size === 0) this.#passages.delete(textHash);
	}
}
