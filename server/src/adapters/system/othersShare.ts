/** Processor time of all CPUs together since the system began, milliseconds. */
export interface CpuTimes {
	readonly busyMs: number;
	readonly totalMs: number;
}

/** What two looks must be apart, so that the ticks of the clock do not count. */
const leastGapMs = 1000;

/** Follows what share of the machine is taken by programs that are not ours; measures when asked, and only then. */
export class OthersShare {
	readonly #times: () => CpuTimes;
	readonly #ownMs: () => number;
	#last: (CpuTimes & { readonly ownMs: number }) | undefined;
	#share = 0;

	/** `ownMs` is the processor time of all our processes since they began, ended ones included. */
	constructor(times: () => CpuTimes, ownMs: () => number) {
		this.#times = times;
		this.#ownMs = ownMs;
	}

	/** Of all CPUs, 0 to 1, since the look before; 0 at the first. */
	get value(): number {
		const now = { ...this.#times(), ownMs: this.#ownMs() };
		const last = this.#last ?? now;
		this.#last ??= now;
		const totalMs = now.totalMs - last.totalMs;
		if (totalMs < leastGapMs) return this.#share;
		const othersMs = now.busyMs - last.busyMs - (now.ownMs - last.ownMs);
		this.#share = Math.min(1, Math.max(0, othersMs / totalMs));
		this.#last = now;
		return this.#share;
	}
}
