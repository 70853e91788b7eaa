import type { EmbedderShelf } from '../adapters/embedder/embedderShelf.ts';
import { recordCpuProfile, writePrivately } from '../adapters/system/cpuProfile.ts';
import { writeHeapSnapshot } from '../adapters/system/heapSnapshot.ts';
import type { ThisMachine } from '../adapters/system/thisMachine.ts';
import type { Profiler } from '../ports/profiling.ts';
import type { SharedDatabase } from './sharedDatabase.ts';

/** Looks into this process, its models and its database, once that is open. */
export function makeProfiler(
	models: EmbedderShelf,
	machine: ThisMachine,
	database: SharedDatabase,
): Profiler {
	return {
		cpuProfile: recordCpuProfile,
		modelProfile: (file, seconds, signal) => models.atWork.profile(file, seconds, signal),
		heapSnapshot: writeHeapSnapshot,
		write: writePrivately,
		memory: () => {
			const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
			return {
				...{ residentBytes: rss, heapBytes: heapTotal },
				...{ heapUsedBytes: heapUsed, externalBytes: external },
			};
		},
		residentBytes: (pid) => machine.residentBytes([pid]),
		databaseMemory: () => database.memory(),
	};
}
