import { useOfTree } from '../host/processTree.ts';

const everyMs = 50;
const mb = 1_048_576;

/** A moment of the watch. */
export interface Moment {
	readonly atMs: number;
	readonly mb: number;
}

/** Follows the resident memory of a process and all below it, together, from outside: `/proc` of Linux. */
export class ResidentWatch {
	readonly moments: Moment[] = [];
	readonly #pid: number;
	readonly #timer: NodeJS.Timeout;

	constructor(pid: number) {
		this.#pid = pid;
		this.#timer = setInterval(() => this.#look(), everyMs);
		this.#look();
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	/** Most of all moments from `fromMs` to `toMs`, megabytes. */
	peakMb(fromMs = 0, toMs = Number.POSITIVE_INFINITY): number {
		return Math.max(...this.#between(fromMs, toMs));
	}

	/** The value in the middle of all moments from `fromMs` to `toMs`, megabytes. */
	medianMb(fromMs: number, toMs: number): number {
		const sorted = this.#between(fromMs, toMs).toSorted((a, b) => a - b);
		return sorted[sorted.length >> 1] ?? 0;
	}

	#between(fromMs: number, toMs: number): readonly number[] {
		return this.moments.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs).map(({ mb }) => mb);
	}

	#look(): void {
		const bytes = [...useOfTree(this.#pid).values()].reduce((sum, { rssBytes }) => sum + rssBytes, 0);
		this.moments.push({ atMs: performance.now(), mb: bytes / mb });
	}
}
