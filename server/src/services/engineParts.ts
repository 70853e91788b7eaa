import type { Machine } from '../ports/machine.ts';
import type { MemoryPort } from '../ports/memory.ts';
import type { Embedder, ModelLibrary, ModelShelf } from '../ports/models.ts';
import type { Gauges } from '../ports/performance.ts';
import type { Clock, Logger } from '../ports/system.ts';
import type { Settings } from '../settings/schema.ts';
import type { Folder, FolderId } from './folder/folder.ts';
import type { Notices } from './notices.ts';

export interface EngineParts {
	readonly library: ModelLibrary;
	readonly models: ModelShelf;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly settings: () => Settings;
	/** Settings that could not be used, in words. */
	readonly settingProblems: () => readonly string[];
	readonly makeFolder: (
		id: FolderId,
		chooseModel: (coverage: ReadonlyMap<string, number>) => Embedder,
		onProgress: () => void,
	) => Folder;
	/** How long an answer waits for a model that is not ready, before it goes out from keywords alone. */
	readonly patienceMs: number;
	readonly memory: MemoryPort;
	readonly machine: Pick<Machine, 'eventLoop' | 'physicalCores'>;
	readonly gauges: Gauges;
	/** Whether indexing makes room for other programs: not so where the user waits for it. */
	readonly isBackground: boolean;
	/** All that the user is told unasked. */
	readonly notices: Notices;
	/** Deletes the vectors that all folders share. */
	readonly clearVectorCache: () => Promise<void>;
	/** Ends what all folders share: database, reader, models. */
	readonly dispose: () => Promise<void>;
}
