import type { EventLoopDelays } from './machine.ts';

/** What is measured of our own processes; every look is cheap. */
export interface Gauges {
	/** Processors of the machine. */
	readonly processors: number;
	/** Processor time of all our processes since they began, ended ones included, milliseconds. */
	cpuMs(): number;
	/** Of this thread's own heap, and of what hangs on it outside. */
	heap(): { readonly heapBytes: number; readonly externalBytes: number };
	/** Of the database's buffers; 0 while none is open. */
	databaseBytes(): Promise<number>;
	/** Delays since the last time it was asked. */
	eventLoop(): EventLoopDelays;
}

/** The directory of one index: its disk, and what the monitor keeps there. */
export interface IndexPlace {
	/** `undefined` where the system does not tell, as of a directory that is not there. */
	disk(): Promise<DiskSpace | undefined>;
	readonly samples: SampleLog;
}

export interface DiskSpace {
	readonly freeBytes: number;
	readonly isWritable: boolean;
}

/** Samples of the last day on disk, in the order they were taken. */
export interface SampleLog {
	/** Never fails: what can't be read is left out, and where there is nothing there is nothing. */
	read(wanted: LogRange): Promise<readonly Timed[]>;
	/** Throws where it can't be written. */
	append(samples: readonly Timed[]): Promise<void>;
}

/** Times are in milliseconds, since 1970. */
export interface LogRange {
	/** Later than this. */
	readonly sinceMs: number;
	/** Earlier than this. */
	readonly untilMs: number;
	/** At most one in so long. */
	readonly everyMs: number;
	/** So many at most, the latest. */
	readonly most: number;
}

export interface Timed {
	readonly atMs: number;
}
