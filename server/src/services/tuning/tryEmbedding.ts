import type { TrialPair } from '../../core/tuning/compareTrials.ts';
import type { EmbeddingChoice, TrialBench, TrialEmbedder } from '../../ports/trials.ts';
import type { TuningFinding } from '../../protocol/tuning.ts';
import { alternate, findingOf, timed, triedValue } from './trial.ts';

const rounds = 5;
/** Of those that start processes anew each time. */
const fewRounds = 4;
const fewestTexts = 8;
const mostTexts = 48;
const batchSizes = [4, 16];

export interface EmbeddingTrials {
	readonly bench: TrialBench;
	readonly modelId: string;
	/** As the model reads them. */
	readonly texts: readonly string[];
	/** For all of them, as far as it can be kept. */
	readonly milliseconds: number;
	readonly onProgress: (share: number) => void;
}

type EmbeddingSetting = 'embedding.processes' | 'embedding.batchSize' | 'embedding.device';

interface Candidate {
	readonly setting: EmbeddingSetting;
	readonly value: number | string;
	readonly choice: EmbeddingChoice;
}

/**
 * Each value beside what is in force, by processes that live as long as the trial. Throws on abort, and where the model
 * can't run.
 */
export async function tryEmbedding(
	trials: EmbeddingTrials,
	signal: AbortSignal,
): Promise<readonly TuningFinding[]> {
	const { bench, modelId, texts, milliseconds, onProgress } = trials;
	const inForce = bench.embedding();
	const candidates = candidatesOf(bench, inForce);
	const tried = new Map<EmbeddingSetting, ReturnType<typeof triedValue>[]>();
	const notes = new Map<EmbeddingSetting, string>();
	const first = bench.embedder(modelId, inForce);
	const msPerText = await warmUp(first, texts, signal).finally(() => first.dispose());
	const affordable = milliseconds / (2 * rounds * msPerText * Math.max(1, candidates.length));
	const some = texts.slice(0, Math.round(Math.min(mostTexts, Math.max(fewestTexts, affordable))));
	for (const [at, { setting, value, choice }] of candidates.entries()) {
		onProgress(at / candidates.length);
		const pairs = await pairsOf(trials, inForce, choice, some, signal);
		if (typeof pairs === 'string') notes.set(setting, pairs);
		else tried.set(setting, [...(tried.get(setting) ?? []), triedValue(value, pairs, some.length)]);
	}
	return settings.map((setting) => {
		const values = tried.get(setting) ?? [];
		const note = notes.get(setting) ?? (values.length > 0 ? undefined : reasons[setting]);
		const measured = { setting, measure: 'passage', inForce: inForceOf(setting, inForce) } as const;
		return findingOf(note === undefined ? measured : { ...measured, note }, values);
	});
}

/** Times of both choices in turn, or why the other can't be had. */
async function pairsOf(
	{ bench, modelId, texts }: EmbeddingTrials,
	inForce: EmbeddingChoice,
	other: EmbeddingChoice,
	some: readonly string[],
	signal: AbortSignal,
): Promise<readonly TrialPair[] | string> {
	const started = async (choice: EmbeddingChoice) => {
		const embedder = bench.embedder(modelId, choice);
		try {
			await warmUp(embedder, texts, signal);
		} catch (error) {
			await embedder.dispose();
			throw error;
		}
		return embedder;
	};
	// Where memory has no room for both at once, each is started anew for its turn.
	if (inForce.processes + other.processes > bench.mostProcesses()) {
		const turn = (choice: EmbeddingChoice) => async () => {
			const embedder = await started(choice);
			return timed(() => embedder.embed(some, signal))().finally(() => embedder.dispose());
		};
		return alternate(turn(inForce), turn(other), fewRounds, signal);
	}
	const embedders: TrialEmbedder[] = [];
	try {
		for (const choice of [inForce, other]) embedders.push(await started(choice));
		const [now, tried] = embedders;
		if (other.device !== inForce.device && tried!.device !== other.device)
			return `${other.device} does not work here.`;
		return await alternate(
			timed(() => now!.embed(some, signal)),
			timed(() => tried!.embed(some, signal)),
			rounds,
			signal,
		);
	} finally {
		await Promise.all(embedders.map((embedder) => embedder.dispose()));
	}
}

const settings: readonly EmbeddingSetting[] = [
	'embedding.processes',
	'embedding.batchSize',
	'embedding.device',
];

const reasons: Readonly<Record<EmbeddingSetting, string>> = {
	'embedding.processes':
		'There is one processor, or no memory for another process below jarvis.memory.limitMb.',
	'embedding.batchSize': 'Nothing else was tried.',
	'embedding.device': 'No other device is known on this system.',
};

function inForceOf(setting: EmbeddingSetting, { processes, batchSize, device }: EmbeddingChoice) {
	return { 'embedding.processes': processes, 'embedding.batchSize': batchSize, 'embedding.device': device }[
		setting
	];
}

function candidatesOf(bench: TrialBench, inForce: EmbeddingChoice): readonly Candidate[] {
	const most = Math.min(bench.processors, bench.mostProcesses());
	const counts = [1, 2, 4].filter((count) => count !== inForce.processes && count <= most);
	return [
		...counts.map((processes) => candidate('embedding.processes', processes, { ...inForce, processes })),
		...batchSizes
			.filter((batchSize) => batchSize !== inForce.batchSize)
			.map((batchSize) => candidate('embedding.batchSize', batchSize, { ...inForce, batchSize })),
		...bench.cards
			.filter((device) => device !== inForce.device)
			.map((device) => candidate('embedding.device', device, { ...inForce, device })),
	];
}

function candidate(setting: EmbeddingSetting, value: number | string, choice: EmbeddingChoice): Candidate {
	return { setting, value, choice };
}

/** Starts all its processes; returns how long a text takes. */
async function warmUp(
	embedder: TrialEmbedder,
	texts: readonly string[],
	signal: AbortSignal,
): Promise<number> {
	const some = texts.slice(0, fewestTexts);
	await embedder.embed(texts.slice(0, 2 * fewestTexts), signal);
	const began = performance.now();
	await embedder.embed(some, signal);
	return Math.max(0.1, (performance.now() - began) / some.length);
}
