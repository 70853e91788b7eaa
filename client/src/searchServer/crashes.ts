const WINDOW_MS = 3 * 60_000;
const LIMIT = 5;

/**
 * What to do about a crash: restart and say so, restart without saying it again, or give up.
 * Five restarts within three minutes are VS Code's own measure of a server that keeps dying.
 */
export type CrashVerdict = 'restartAndSay' | 'restart' | 'giveUp';

/** Counts the server's crashes within a sliding window. */
export class Crashes {
	#timesMs: number[] = [];

	/** Notes a crash at `nowMs` and judges it. */
	add(nowMs: number): CrashVerdict {
		this.#timesMs = this.#timesMs.filter((timeMs) => nowMs - timeMs < WINDOW_MS);
		this.#timesMs.push(nowMs);
		if (this.#timesMs.length > LIMIT) return 'giveUp';
		return this.#timesMs.length === 1 ? 'restartAndSay' : 'restart';
	}

	/** Starts to count anew, after a restart by hand. */
	clear(): void {
		this.#timesMs = [];
	}
}
