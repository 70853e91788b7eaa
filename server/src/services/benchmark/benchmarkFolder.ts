import type { BenchmarkPart, BenchmarkRun, TimeStatistics } from '../../protocol/benchmark.ts';
import type { SearchMode } from '../../protocol/search.ts';
import { describeTimes } from './timeStatistics.ts';

/** What is measured, each call one iteration; it throws where it can't be done, with the reason. */
export interface BenchmarkTarget {
	readonly questions: readonly string[];
	/** Notes to be related and walked from, by path. */
	readonly notes: readonly string[];
	search(question: string, mode: SearchMode, signal: AbortSignal): Promise<void>;
	related(note: string, signal: AbortSignal): Promise<void>;
	graph(note: string, signal: AbortSignal): Promise<void>;
	/** Reads, cuts and embeds a note, and throws all of it away. */
	index(note: string, signal: AbortSignal): Promise<void>;
}

/** Asked before anything is measured: the first ones find caches of the system cold. */
const warmUps = 2;
/** More say little more. */
const mostIterations = 400;
/** Of the time there is; indexing is the slowest. */
const shares: Readonly<Record<BenchmarkPart, number>> = {
	search: 0.25,
	semantic: 0.15,
	keyword: 0.1,
	related: 0.15,
	graph: 0.1,
	indexing: 0.25,
};

/**
 * Measures part after part, each for its share of `seconds` and for at least every question once, question by question in
 * turn, so that none is measured in another's mood. Throws on abort; a part that fails is told in `missing`.
 */
export async function benchmarkFolder(
	target: BenchmarkTarget,
	seconds: number,
	onProgress: (share: number) => void,
	signal: AbortSignal,
): Promise<Pick<BenchmarkRun, 'questions' | 'parts' | 'missing'>> {
	const { questions, notes } = target;
	const ask = (mode: SearchMode) => (at: number) =>
		target.search(questions[at % questions.length]!, mode, signal);
	const runs: Readonly<Record<BenchmarkPart, readonly [items: number, run: (at: number) => Promise<void>]>> =
		{
			search: [questions.length, ask('hybrid')],
			semantic: [questions.length, ask('semantic')],
			keyword: [questions.length, ask('keyword')],
			related: [notes.length, (at) => target.related(notes[at % notes.length]!, signal)],
			graph: [notes.length, (at) => target.graph(notes[at % notes.length]!, signal)],
			indexing: [notes.length, (at) => target.index(notes[at % notes.length]!, signal)],
		};
	const parts: { [part in BenchmarkPart]?: TimeStatistics } = {};
	const missing: { [part in BenchmarkPart]?: string } = {};
	let done = 0;
	for (const [part, [items, run]] of Object.entries(runs) as [BenchmarkPart, (typeof runs)['search']][]) {
		const share = shares[part];
		try {
			if (items === 0) throw new Error('There are no notes yet.');
			const times = await measure(run, items, share * seconds * 1000, (part) =>
				onProgress(done + share * part),
			);
			parts[part] = describeTimes(times)!;
		} catch (error) {
			signal.throwIfAborted();
			missing[part] = error instanceof Error ? error.message : String(error);
		}
		done += share;
		onProgress(done);
	}
	return { questions: questions.length, parts, missing };
}

async function measure(
	run: (at: number) => Promise<void>,
	items: number,
	milliseconds: number,
	onProgress: (share: number) => void,
): Promise<readonly number[]> {
	for (let at = 0; at < Math.min(warmUps, items); at++) await run(at);
	const times: number[] = [];
	const beganMs = performance.now();
	for (let at = 0; at < mostIterations; at++) {
		const startMs = performance.now();
		const share = (startMs - beganMs) / milliseconds;
		if (at >= items && share >= 1) break;
		await run(at);
		times.push(performance.now() - startMs);
		onProgress(Math.min(1, Math.max(share, 0)));
	}
	return times;
}
