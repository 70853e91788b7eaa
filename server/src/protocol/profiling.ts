/** Looks into the processes themselves: where time goes, what holds memory. All by the process that leads the index. */
import { RequestType } from 'vscode-jsonrpc';

/** Client -> server. Records which functions run, for some seconds, into a `.cpuprofile`. */
export const CaptureCpuProfile = new RequestType<CpuProfileParams, Captured, void>(
	'jarvis/captureCpuProfile',
);

/** Client -> server. Writes all objects of the server into a `.heapsnapshot`, which holds text of notes. */
export const CaptureHeapSnapshot = new RequestType<HeapSnapshotParams, Captured, void>(
	'jarvis/captureHeapSnapshot',
);

/** Client -> server. Records what each stage takes, for some seconds, as a trace of Chrome's kind. */
export const RecordTrace = new RequestType<RecordTraceParams, Captured, void>('jarvis/recordTrace');

/** Client -> server. What holds how much memory, of each process. */
export const MemoryReport = new RequestType<MemoryReportParams, MemoryReportResult, void>(
	'jarvis/memoryReport',
);

export interface CpuProfileParams {
	readonly of: 'server' | 'embedder';
	readonly seconds: number;
	/** Absolute path; written by the process itself, readable to its user alone. */
	readonly file: string;
}

export interface HeapSnapshotParams {
	/** As that of a CPU profile. */
	readonly file: string;
}

export interface RecordTraceParams {
	readonly seconds: number;
	/** As that of a CPU profile. */
	readonly file: string;
}

export interface Captured {
	readonly file: string;
	readonly bytes: number;
	/** Process that it is of. */
	readonly pid: number;
}

export type MemoryReportParams = Readonly<Record<string, never>>;

export interface MemoryReportResult {
	readonly processes: readonly ProcessMemory[];
}

export interface ProcessMemory {
	readonly kind: 'server' | 'model';
	readonly pid: number;
	/** Of a model process the model's id. */
	readonly name: string;
	/** What the system counts. */
	readonly residentBytes: number;
	/** What is known of it; parts with `within` are part of that part. */
	readonly parts: readonly MemoryPart[];
	/**
	 * Resident memory less all parts that are in no other: programs and libraries, stacks of threads, what allocators keep.
	 * Below zero where parts are counted that the system has not had to find room for, or has swapped out.
	 */
	readonly restBytes: number;
}

export interface MemoryPart {
	readonly name: string;
	readonly bytes: number;
	/** `estimated`: by counting what it is made of. */
	readonly how: 'measured' | 'estimated';
	readonly within?: string;
}
