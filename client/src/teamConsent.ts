/** What a window keeps for its workspace; `vscode.Memento` is one. */
export interface Kept {
	get<T>(key: string): T | undefined;
	update(key: string, value: unknown): Thenable<void>;
}

export interface TeamConsentParts {
	readonly kept: Kept;
	/** Address of the server that the settings want the notes shared on; `undefined` where they don't. */
	readonly wanted: () => string | undefined;
	/** Tells what goes out, and asks. */
	readonly ask: (address: string) => Promise<'share' | 'turnOff' | undefined>;
	readonly turnOff: () => Promise<void>;
	/** Whether what was sent is to be removed, now that no more is. */
	readonly offerRemoval: (address: string) => Promise<boolean>;
	readonly remove: () => Promise<void>;
	/** The answer has changed what `agreedTeam` says. */
	readonly changed: () => void;
}

const key = 'jarvis.teamAddress';

/** Address of the server that the user has agreed to share this workspace's notes on. */
export function agreedTeam(kept: Kept): string | undefined {
	return kept.get<string>(key);
}

/**
 * Asks before the first note of a workspace is shared, once for each server; and when sharing is turned off, whether what was
 * sent is to go as well. Settings alone share nothing: they may come with a folder.
 */
export class TeamConsent {
	readonly #parts: TeamConsentParts;
	/** Not asked again in this window about the same server. */
	#declined: string | undefined;
	#isAsking = false;

	constructor(parts: TeamConsentParts) {
		this.#parts = parts;
	}

	/** To be called at the start, and after settings or trust may have changed. */
	async consider(): Promise<void> {
		if (this.#isAsking) return;
		this.#isAsking = true;
		try {
			// Settings may have changed again while the user was asked.
			while (await this.#step());
		} finally {
			this.#isAsking = false;
		}
	}

	/** Returns whether it asked something. */
	async #step(): Promise<boolean> {
		const { kept, wanted, ask, turnOff, offerRemoval, remove, changed } = this.#parts;
		const [address, agreed] = [wanted(), agreedTeam(kept)];
		if (address === undefined) this.#declined = undefined;
		if (agreed !== undefined && address === undefined) {
			// Before the question: who never answers it has not agreed to what is turned on next.
			await kept.update(key, undefined);
			if (await offerRemoval(agreed)) await remove();
			return true;
		}
		if (address === undefined || address === agreed || address === this.#declined) return false;
		const answer = await ask(address);
		if (answer !== 'share') this.#declined = address;
		if (answer === 'turnOff') {
			await turnOff();
			// Who turns it on again is asked again, however soon that is.
			if (wanted() === undefined) this.#declined = undefined;
		}
		// It may be another server by now.
		if (answer === 'share' && wanted() === address) {
			await kept.update(key, address);
			changed();
		}
		return true;
	}
}
