/** Above this share of the limit one more step is taken, below the other the last one is taken back. */
const high = 0.85;
const low = 0.7;
/** Above this share no step is given time to show, and only above it is the last one taken, which stops work. */
const urgent = 0.95;
/** What a step has to show what it gave. */
const settleMs = 2000;
/** How long memory must be low before a step is taken back; twice as long each time that it proved too early. */
const calmMs = 15_000;
const longestCalmMs = 600_000;

/**
 * On which rung memory is: 0 with room to spare, one more for each step taken to need less. One rung at a time. The last
 * stops work, so that it is for the last of the room: a folder that just fits would otherwise stop and go for hours.
 */
export class Ladder {
	readonly #rungs: number;
	#rung = 0;
	#movedAtMs = -Infinity;
	#lowSinceMs: number | undefined;
	#calmMs = calmMs;
	#hasClimbed = false;

	/** `rungs` is how many steps there are. */
	constructor(rungs: number) {
		this.#rungs = rungs;
	}

	get rung(): number {
		return this.#rung;
	}

	/** Takes a look at memory in use, as a share of the limit; returns the rung from now on. */
	observe(share: number, nowMs: number): number {
		if (share >= low) this.#lowSinceMs = undefined;
		else this.#lowSinceMs ??= nowMs;
		const isSettled = nowMs - this.#movedAtMs >= settleMs;
		const isShort = share > (this.#rung < this.#rungs - 1 ? high : urgent);
		if (isShort && this.#rung < this.#rungs && (isSettled || share > urgent)) {
			if (this.#hasClimbed) this.#calmMs = Math.min(longestCalmMs, this.#calmMs * 2);
			this.#hasClimbed = false;
			return this.#move(1, nowMs);
		}
		const isCalm = this.#lowSinceMs !== undefined && nowMs - this.#lowSinceMs >= this.#calmMs;
		if (this.#rung > 0 && isCalm) {
			this.#hasClimbed = true;
			this.#lowSinceMs = nowMs;
			return this.#move(-1, nowMs);
		}
		return this.#rung;
	}

	#move(by: 1 | -1, nowMs: number): number {
		this.#movedAtMs = nowMs;
		this.#rung += by;
		return this.#rung;
	}
}
