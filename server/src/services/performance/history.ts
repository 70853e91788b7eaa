import type { SampleLog } from '../../ports/performance.ts';
import type { Logger } from '../../ports/system.ts';
import type { Sample } from '../../protocol/performance.ts';
import { readSample } from './readSample.ts';

/** Written together, so that the disk is left alone in between; a kill costs so many at most. */
const atOnce = 12;
const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;

/** The latest samples in memory, and a day's on disk, where an index is open to keep them beside. */
export class History {
	readonly #logger: Logger;
	readonly #log: () => SampleLog | undefined;
	#samples: Sample[] = [];
	#unwritten: Sample[] = [];
	#isRecalled = false;
	#hasFailed = false;
	#writing: Promise<unknown> = Promise.resolve();

	/** `log` is that of the first index that is open now. */
	constructor(log: () => SampleLog | undefined, logger: Logger) {
		this.#log = log;
		this.#logger = logger;
	}

	/** Those in memory, oldest first. */
	get samples(): readonly Sample[] {
		return this.#samples;
	}

	add(sample: Sample, keep: number): void {
		this.#samples.push(sample);
		if (this.#samples.length > keep) this.#samples.splice(0, this.#samples.length - keep);
		this.#unwritten.push(sample);
		if (this.#unwritten.length >= atOnce) void this.flush();
	}

	/** Takes those back into memory, once, that were there when an earlier process ended. */
	async recall(keep: number, nowMs: number): Promise<void> {
		const log = this.#log();
		if (log === undefined || this.#isRecalled) return;
		this.#isRecalled = true;
		const range = { sinceMs: nowMs - dayMs, untilMs: this.#samples[0]?.atMs ?? nowMs, everyMs: 0 };
		const lines = await log.read({ ...range, most: keep });
		const earlier = lines.flatMap((line) => readSample(line) ?? []);
		this.#samples = [...earlier, ...this.#samples].slice(-keep);
	}

	/** Those later than `sinceMs`, from disk as well where it is before what memory has: one of each minute. */
	async since(sinceMs: number, nowMs: number): Promise<readonly Sample[]> {
		const inMemory = this.#samples.filter(({ atMs }) => atMs > sinceMs);
		const untilMs = this.#samples[0]?.atMs ?? nowMs;
		if (sinceMs >= untilMs) return inMemory;
		const range = { sinceMs: Math.max(sinceMs, nowMs - dayMs), untilMs, everyMs: minuteMs };
		const lines = (await this.#log()?.read({ ...range, most: dayMs / minuteMs })) ?? [];
		return [...lines.flatMap((line) => readSample(line) ?? []), ...inMemory];
	}

	/** Writes what has not been written. */
	async flush(): Promise<void> {
		const samples = this.#unwritten;
		this.#unwritten = [];
		// One after the other: two at once could both put the file aside.
		this.#writing = this.#writing
			.then(() => this.#log()?.append(samples))
			.catch((error: unknown) => {
				// An index that is deleted or a full disk: what is in memory stays.
				if (!this.#hasFailed) this.#logger.info(`Samples of the monitor can't be kept on disk: ${error}`);
				this.#hasFailed = true;
			});
		await this.#writing;
	}
}
