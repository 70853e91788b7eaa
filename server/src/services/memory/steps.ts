import type { EmbeddingLimits } from '../../ports/models.ts';
import type { MemoryStepName } from '../../protocol/status.ts';

/** What gives memory back when told to. */
export interface MemoryTargets {
	limitEmbedding(limits: EmbeddingLimits): void;
	setFrugal(isFrugal: boolean): void;
	/** Answers, vectors of questions, vectors of passages kept at hand. */
	emptyCaches(): void;
	limitDatabase(mb: number | undefined): void;
	/** Those that have had nothing to do for so long. */
	endIdleModels(idleMs: number): void;
	endIdleThreads(): void;
	collectGarbage(): void;
	/** Stops indexing, with the reason that is told; without one lets it go on. */
	hold(isHeld: boolean): void;
}

/** One step to need less memory. */
export interface MemoryStep {
	readonly name: MemoryStepName;
	/** What it does, for the user. */
	readonly text: string;
	take(): void;
	/** Done again and again as long as memory is high, where something may have come since. */
	repeat?(): void;
	/** Takes it back. */
	undo(): void;
}

/** Between two batches a model is not idle: to start it again for each would cost more than it gives. */
const idleMs = 5000;
/** What the database can do its work with. */
const databaseMb = 48;

/** The steps in the order they are taken, the cheapest for the user first. */
export function memorySteps(targets: MemoryTargets): readonly MemoryStep[] {
	const noLimit = Number.POSITIVE_INFINITY;
	return [
		{
			name: 'batches',
			text: 'Notes and texts are read in small batches.',
			take: () => {
				targets.setFrugal(true);
				targets.limitEmbedding({ processes: noLimit, batchSize: 1 });
			},
			undo: () => {
				targets.setFrugal(false);
				targets.limitEmbedding({ processes: noLimit, batchSize: noLimit });
			},
		},
		{
			name: 'caches',
			text: 'Answers, vectors of questions and vectors kept at hand were dropped.',
			take: () => {
				targets.emptyCaches();
				targets.collectGarbage();
			},
			repeat: () => targets.emptyCaches(),
			undo: () => {},
		},
		{
			name: 'database',
			text: `The database is held to ${databaseMb} MB.`,
			take: () => targets.limitDatabase(databaseMb),
			undo: () => targets.limitDatabase(undefined),
		},
		{
			name: 'models',
			text: 'The model runs in one process, and is ended when it has nothing to do.',
			take: () => {
				targets.limitEmbedding({ processes: 1, batchSize: 1 });
				targets.endIdleModels(idleMs);
			},
			repeat: () => targets.endIdleModels(idleMs),
			undo: () => targets.limitEmbedding({ processes: noLimit, batchSize: 1 }),
		},
		{
			name: 'unload',
			text: 'The thread that reads notes is ended when it has nothing to do.',
			take: () => targets.endIdleThreads(),
			repeat: () => targets.endIdleThreads(),
			undo: () => {},
		},
		{
			name: 'indexing',
			text: 'Indexing waits until there is room.',
			take: () => {
				targets.hold(true);
				targets.collectGarbage();
			},
			// Of folders that were opened since.
			repeat: () => targets.hold(true),
			undo: () => targets.hold(false),
		},
	];
}
