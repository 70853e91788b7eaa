import type { Folder } from '../folder/folder.ts';
import { embedAnew } from './runBenchmark.ts';

/** Reads and embeds notes for `seconds`, one after the other and over again; returns how many. Throws on abort. */
export async function loadIndexing(folder: Folder, seconds: number, signal: AbortSignal): Promise<number> {
	const { embedder, index } = folder;
	const notes = [...index.notes()].filter(({ skipped }) => skipped === undefined);
	if (embedder === undefined || notes.length === 0) return 0;
	const endMs = performance.now() + seconds * 1000;
	for (let done = 0; ; done++) {
		signal.throwIfAborted();
		if (performance.now() >= endMs) return done;
		await embedAnew(folder, embedder, notes[done % notes.length]!.stamp.path, signal);
	}
}
