import type { MemoryPort } from '../../ports/memory.ts';
import type { Gauges } from '../../ports/performance.ts';
import type { Clock, Logger } from '../../ports/system.ts';
import type { Alert, AlertKind, Sample } from '../../protocol/performance.ts';
import type { Settings } from '../../settings/schema.ts';
import type { Folder } from '../folder/folder.ts';
import { PerformanceMonitor } from './performanceMonitor.ts';
import type { SampledEngine } from './sampler.ts';

export interface MonitoredEngine {
	readonly gauges: Gauges;
	readonly memory: MemoryPort;
	readonly folders: () => readonly Folder[];
	readonly caches: SampledEngine['caches'];
	/** Gives back what can be at once. */
	readonly freeMemory: () => void;
	/** Whether indexing makes room for other programs: not so where the user waits for it. */
	readonly isBackground: boolean;
	readonly settings: () => Settings;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly onAlert: (alert: Alert) => void;
}

/** How long indexing rests where the processor is short. */
const restMs = 30_000;

/** Puts an engine under its monitor, which begins at once. */
export function monitorEngine(engine: MonitoredEngine): PerformanceMonitor {
	const { folders, isBackground, freeMemory } = engine;
	const act = (kind: AlertKind) => {
		if (kind === 'memory') {
			freeMemory();
			return 'All that could be given back at once has been.';
		}
		if (kind === 'cpu' && isBackground) {
			for (const { indexer } of folders()) indexer?.rest(restMs);
			return 'Indexing rests for half a minute.';
		}
		return kind === 'search' ? 'The dashboard shows where the time goes.' : '';
	};
	const monitor = new PerformanceMonitor({
		...engine,
		indexers: () => folders().flatMap(({ indexer }) => indexer ?? []),
		indexBytes: () =>
			folders().reduce((sum, { index }) => sum + index.keyword.bytes + index.vectors.bytes, 0),
		neo4jPool: () => connectionsOf(folders()),
		log: () => folders().find(({ place }) => place !== undefined)?.place?.samples,
		act,
	});
	monitor.start();
	return monitor;
}

/** To all graph servers together; `undefined` where there is none. */
function connectionsOf(folders: readonly Folder[]): Sample['neo4j'] | undefined {
	const all = folders.flatMap(({ graphServer }) => graphServer.connections ?? []);
	if (all.length === 0) return undefined;
	return {
		inUse: all.reduce((sum, { inUse }) => sum + inUse, 0),
		idle: all.reduce((sum, { idle }) => sum + idle, 0),
	};
}
