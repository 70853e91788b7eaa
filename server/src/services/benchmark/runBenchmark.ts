import { modelText } from '../../core/markdown/passage.ts';
import type { Embedder } from '../../ports/models.ts';
import { UserError } from '../../ports/system.ts';
import type { BenchmarkParams, BenchmarkRun, FolderBenchmark } from '../../protocol/benchmark.ts';
import type { SearchParams, SearchResult } from '../../protocol/search.ts';
import type { Folder } from '../folder/folder.ts';
import { findRelated } from '../related/related.ts';
import { type BenchmarkTarget, benchmarkFolder } from './benchmarkFolder.ts';
import { compareRuns } from './compareRuns.ts';
import { keepRun, readRuns } from './keptRuns.ts';
import { benchmarkQuestions, spread } from './questions.ts';

/** Notes that are related, walked from and read. */
const mostNotes = 50;
const usualSeconds = 30;
/** As far as a note's surroundings are shown. */
const walk = { direction: 'both', depth: 3, limit: 500 } as const;

/** Searches one folder, with nothing from a cache. */
type SearchAnew = (folder: Folder, params: SearchParams, signal: AbortSignal) => Promise<SearchResult>;

/** Measures one folder, keeps the run beside its index, and compares it with those before. Throws on abort. */
export async function runBenchmark(
	folder: Folder,
	{ seconds = usualSeconds }: BenchmarkParams,
	search: SearchAnew,
	onProgress: (share: number) => void,
	signal: AbortSignal,
): Promise<FolderBenchmark> {
	const { embedder, index, parts, id } = folder;
	if (embedder === undefined) throw new UserError(folder.reasonOff());
	const measured = await benchmarkFolder(targetOf(folder, embedder, search), seconds, onProgress, signal);
	const run: BenchmarkRun = {
		...{ atMs: parts.clock.now(), model: embedder.model.id },
		...{ notes: index.noteCount, passages: index.passageCount },
		...measured,
	};
	const comparisons = compareRuns(run, await readRuns(parts.benchmarks));
	await keepRun(parts.benchmarks, run);
	return { ...run, uri: id.uri, folder: id.name, comparisons };
}

function targetOf(folder: Folder, embedder: Embedder, search: SearchAnew): BenchmarkTarget {
	const { index } = folder;
	const notes = [...index.notes()].filter(({ skipped }) => skipped === undefined);
	return {
		questions: benchmarkQuestions(index),
		notes: spread(notes.map(({ stamp }) => stamp.path).sort(), mostNotes),
		search: async (query, mode, signal) => {
			const { semanticOff } = await search(folder, { query, mode }, signal);
			if (semanticOff !== undefined) throw new Error(semanticOff);
		},
		related: async (note, signal) => {
			await findRelated(folder, note, {}, signal);
		},
		graph: async (note, signal) => {
			const graph = await index.graph.current();
			await graph.neighbors({ ...walk, from: `note:${note}` }, signal);
		},
		index: (note, signal) => embedAnew(folder, embedder, note, signal),
	};
}

/** Reads, cuts and embeds a note as indexing does, and throws all of it away. */
export async function embedAnew(
	{ index, parts }: Folder,
	embedder: Embedder,
	note: string,
	signal: AbortSignal,
): Promise<void> {
	const stored = index.noteAt(note);
	if (stored === undefined) return;
	const read = await parts.reader.read(
		{ stamp: stored.stamp, language: parts.settings()['search.language'] },
		signal,
	);
	if (read.kind !== 'read') return;
	for (const passage of read.note.passages) await embedder.embed([modelText(passage)], 'passage', signal);
}
