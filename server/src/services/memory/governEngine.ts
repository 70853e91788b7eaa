import type { MemoryPort } from '../../ports/memory.ts';
import type { ModelShelf } from '../../ports/models.ts';
import type { Clock, Logger } from '../../ports/system.ts';
import type { Settings } from '../../settings/schema.ts';
import type { Folder } from '../folder/folder.ts';
import { MemoryGovernor } from './memoryGovernor.ts';

export interface GovernedEngine {
	readonly memory: MemoryPort;
	readonly models: ModelShelf;
	readonly folders: () => readonly Folder[];
	/** Drops answers and vectors of questions. */
	readonly emptyCaches: () => void;
	readonly settings: () => Settings;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly onNotice: (message: string) => void;
	readonly onChanged: () => void;
}

/** Least that one more process of the model takes, and what all the rest does: what the limit has room for besides. */
const processMb = 220;
const restMb = 300;

/** Processes of the model that a limit has room for, so that none has to be ended again. */
export function processesWithin(limitMb: number): number {
	return Math.max(1, Math.floor((limitMb * 0.85 - restMb) / processMb));
}

/** Puts an engine's memory under its governor, which begins at once. */
export function governEngine(engine: GovernedEngine): MemoryGovernor {
	const { memory, models, folders, logger } = engine;
	const indexers = () => folders().flatMap(({ indexer }) => indexer ?? []);
	const governor = new MemoryGovernor({
		...engine,
		hold: (reason) => {
			for (const indexer of indexers()) indexer.hold(reason);
		},
		targets: {
			limitEmbedding: (limits) => models.limit(limits),
			setFrugal: (isFrugal) => {
				for (const indexer of indexers()) indexer.isFrugal = isFrugal;
			},
			emptyCaches: () => {
				engine.emptyCaches();
				for (const { index } of folders()) index.vectors.exact.clear();
			},
			limitDatabase: (mb) =>
				void memory
					.limitDatabase(mb)
					.catch((error) => logger.info(`The database keeps its memory: ${error}`)),
			endIdleModels: (idleMs) => models.unloadIdle(idleMs),
			endIdleThreads: () => memory.endIdleThreads(),
			collectGarbage: () => memory.collectGarbage(),
		},
	});
	governor.start();
	return governor;
}
