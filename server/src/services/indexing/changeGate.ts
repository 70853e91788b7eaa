import type { NotePath } from '../../ports/files.ts';

/** More changes than this within a second are a burst, such as a change of branch. */
const mostSingle = 100;
const windowMs = 1000;
/** A burst is over when nothing has come for so long. */
const quietMs = 250;
/** A burst that does not end is looked at so often. */
const longestMs = 2000;

/** What follows changes: an `Indexer`. */
interface Follower {
	noteChanged(paths: readonly NotePath[]): void;
	rescan(): void;
}

/**
 * Changes of files on their way to the indexer: a few go through at once, note by note; a burst is held back until it is
 * over and becomes one scan of the folder, which costs less than thousands of single looks.
 */
export class ChangeGate {
	readonly #follower: () => Follower | undefined;
	#seen = 0;
	#windowEndsMs = -Infinity;
	#burstBeganMs: number | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(follower: () => Follower | undefined) {
		this.#follower = follower;
	}

	add(paths: readonly NotePath[]): void {
		if (paths.length === 0) return;
		const nowMs = performance.now();
		if (nowMs > this.#windowEndsMs) {
			this.#windowEndsMs = nowMs + windowMs;
			this.#seen = 0;
		}
		this.#seen += paths.length;
		if (this.#burstBeganMs === undefined && this.#seen <= mostSingle) {
			this.#follower()?.noteChanged(paths);
			return;
		}
		this.#burstBeganMs ??= nowMs;
		clearTimeout(this.#timer);
		const leftMs = this.#burstBeganMs + longestMs - nowMs;
		this.#timer = setTimeout(() => this.#endBurst(), Math.max(0, Math.min(quietMs, leftMs)));
	}

	dispose(): void {
		clearTimeout(this.#timer);
	}

	#endBurst(): void {
		this.#burstBeganMs = undefined;
		this.#follower()?.rescan();
	}
}
