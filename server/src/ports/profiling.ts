/** Looks into our own processes. Files are written for their user alone; one that is there is replaced. */
export interface Profiler {
	/** Of this process's main thread; ends early and throws on abort. Returns the size of the file. */
	cpuProfile(file: string, seconds: number, signal: AbortSignal): Promise<number>;
	/** Of a model process, which is started where none runs. */
	modelProfile(
		file: string,
		seconds: number,
		signal: AbortSignal,
	): Promise<{ readonly pid: number; readonly bytes: number }>;
	/** Holds the process up while the heap is walked, and needs about as much memory again. */
	heapSnapshot(file: string): Promise<number>;
	write(file: string, text: string): Promise<number>;
	memory(): ProcessMemoryUse;
	/** Of other processes. */
	residentBytes(pid: number): Promise<number>;
	/** By what the database uses it for; none while it is not open. */
	databaseMemory(): Promise<readonly DatabaseMemory[]>;
}

/** Bytes, as Node and V8 count them. */
export interface ProcessMemoryUse {
	readonly residentBytes: number;
	readonly heapBytes: number;
	readonly heapUsedBytes: number;
	/** Buffers outside the heap, WebAssembly's memory with them. */
	readonly externalBytes: number;
}

export interface DatabaseMemory {
	readonly tag: string;
	readonly bytes: number;
	/** On disk, for want of memory. */
	readonly temporaryBytes: number;
}
