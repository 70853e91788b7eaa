/** The computer, as far as work in the background minds it. Every look is cheap: what costs is asked for rarely. */
export interface Machine {
	/** Share of all processors (0 to 1) that other programs have taken of late. */
	othersShare(): number;
	/** `false` as well where that can't be told. */
	isOnBattery(): boolean;
	/** Cores of the processor, not its threads. */
	physicalCores(): number;
	/** How long our own thread has been held up, since it began. */
	eventLoop(): EventLoopDelays;
}

/** Delays of the event loop beyond its timer, milliseconds. */
export interface EventLoopDelays {
	readonly p99Ms: number;
	readonly maxMs: number;
}
