/** Memory that we take, as seen from outside, and what of it can be given back. */
export interface MemoryPort {
	/** Resident memory now: of this process with its threads and database, and of all model processes. */
	measure(): Promise<MemoryUse>;
	/** Holds the database to `mb` megabytes; `undefined` is what the settings say. */
	limitDatabase(mb: number | undefined): Promise<void>;
	/** Ends threads that have nothing to do; they start again when needed. */
	endIdleThreads(): void;
	/** Gives unused memory of this process back to the system; holds its thread up for a moment. */
	collectGarbage(): void;
}

export interface MemoryUse {
	readonly serverBytes: number;
	readonly modelBytes: number;
}
