import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { batchSizeFor, cardsOf } from '../adapters/embedder/device.ts';
import type { EmbedderShelf } from '../adapters/embedder/embedderShelf.ts';
import type { Device } from '../adapters/embedder/messages.ts';
import type { EmbeddingChoice, TrialBench, TrialEmbedder } from '../ports/trials.ts';
import { processesWithin } from '../services/memory/governEngine.ts';
import type { Settings } from '../settings/schema.ts';
import type { SharedDatabase } from './sharedDatabase.ts';

interface TrialParts {
	readonly distDirectory: string;
	readonly models: EmbedderShelf;
	readonly database: SharedDatabase;
	readonly settings: () => Settings;
}

/** What settings are tried with on this machine. */
export function trialBench({ distDirectory, models, database, settings }: TrialParts): TrialBench {
	const inForce = (): EmbeddingChoice => {
		const { processes, batchSize, device } = models.tuning;
		const runsOn = models.running()[0]?.device ?? (device === 'auto' ? 'cpu' : device);
		return { processes, device: runsOn, batchSize: batchSize ?? batchSizeFor(runsOn as Device, totalmem()) };
	};
	return {
		embedding: inForce,
		databaseThreads: () => database.threads,
		processors: availableParallelism(),
		cards: cardsOf(process.platform, join(distDirectory, 'node_modules', 'onnxruntime-node', 'bin')),
		mostProcesses: () => processesWithin(settings()['memory.limitMb']),
		embedder: (modelId, choice) => {
			// Those that answer are started again by the next question.
			models.unloadIdle(0);
			return trialEmbedder(models, modelId, choice);
		},
		withDatabaseThreads: (threads, run) => database.withThreads(threads, run),
	};
}

function trialEmbedder(
	models: EmbedderShelf,
	modelId: string,
	{ processes, batchSize, device }: EmbeddingChoice,
): TrialEmbedder {
	const priority = 'low' as const;
	const keepAliveMinutes = 0;
	const asked = { processes, batchSize, device: device as Device, priority, keepAliveMinutes };
	const embedder = models.trial(modelId, asked);
	return {
		get device() {
			return embedder.device;
		},
		embed: async (texts, signal) => {
			await embedder.embed(texts, 'passage', signal);
		},
		dispose: () => models.endTrial(embedder),
	};
}
