/** What the user should know, said once however often it comes up; kept until somebody listens. */
export class Notices {
	readonly #said = new Set<string>();
	readonly #listeners: ((message: string) => void)[] = [];

	say(message: string): void {
		if (this.#said.has(message)) return;
		this.#said.add(message);
		for (const listener of this.#listeners) listener(message);
	}

	/** Calls `listener` with each message from now on, and with those that nobody has heard. */
	listen(listener: (message: string) => void): void {
		if (this.#listeners.length === 0) for (const message of this.#said) listener(message);
		this.#listeners.push(listener);
	}
}
