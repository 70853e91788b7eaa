import { pathKey } from '../../core/indexing/notePath.ts';
import { isStale } from '../../core/indexing/plan.ts';
import { chunkerVersion } from '../../core/markdown/passage.ts';
import type { FileStamp, NotePath } from '../../ports/files.ts';
import type { NewPassage } from '../../ports/store.ts';
import { ChangeBuilder } from './changeBuilder.ts';
import type { IndexerParts } from './indexerParts.ts';
import { inSlices } from './inSlices.ts';

/** Stamp of a note indexed as it is on screen: no file has it, so that the file is read once it is closed. */
const onScreen = { size: -1, mtimeMs: -1 };

/** What a batch came to, committed. */
export interface ReadBatch {
	/** Of the notes that were read, in order. */
	readonly passages: readonly NewPassage[];
	readonly noteIds: readonly number[];
	readonly read: number;
	readonly removed: number;
}

/** Notes that wait to be read: in order of arrival, each once. */
export class Unread {
	readonly #parts: IndexerParts;
	/** By `pathKey`. */
	readonly #waiting = new Map<string, Waiting>();

	constructor(parts: IndexerParts) {
		this.#parts = parts;
	}

	get size(): number {
		return this.#waiting.size;
	}

	/** Files that were made, changed or removed, or whose buffer changed. */
	add(path: NotePath): void {
		const key = pathKey(path);
		this.#waiting.set(key, { path, force: this.#waiting.get(key)?.force ?? false });
	}

	has(path: NotePath): boolean {
		return this.#waiting.has(pathKey(path));
	}

	/** All that wait. */
	*paths(): Iterable<NotePath> {
		for (const { path } of this.#waiting.values()) yield path;
	}

	/** A file as a scan saw it. */
	addSeen(stamp: FileStamp): void {
		const key = pathKey(stamp.path);
		this.#waiting.set(key, { path: stamp.path, stamp, force: this.#waiting.get(key)?.force ?? false });
	}

	/** A note to be read even where its content is the one indexed. */
	addForced(path: NotePath): void {
		this.#waiting.set(pathKey(path), { path, force: true });
	}

	/** What waits is given up until it is found again. */
	clear(): void {
		this.#waiting.clear();
	}

	/** Reads the next notes, `most` at most, and commits what they hold; what changes meanwhile waits on. Throws on abort. */
	async readBatch(most: number, signal: AbortSignal): Promise<ReadBatch> {
		const { store, index, clock, seen } = this.#parts;
		const batch: [string, Waiting][] = [];
		for (const entry of this.#waiting) {
			if (batch.length === most) break;
			batch.push(entry);
		}
		const builder = new ChangeBuilder(index, clock);
		const took = await Promise.all(batch.map(([, waiting]) => this.#readNote(waiting, builder, signal)));
		const change = builder.build();
		await store.write(change);
		await inSlices(change, (piece) => index.apply(piece));
		for (const { path, ms } of took.flatMap((one) => one ?? [])) {
			const note = index.noteAt(path);
			if (note !== undefined) seen.readTimes.set(note.id, ms);
		}
		for (const [key, waiting] of batch) if (this.#waiting.get(key) === waiting) this.#waiting.delete(key);
		const passages = change.put.flatMap(({ passages }) => passages);
		const noteIds = change.put.map(({ note }) => note.id);
		return { passages, noteIds, read: change.put.length, removed: change.remove.length };
	}

	async #readNote(waiting: Waiting, builder: ChangeBuilder, signal: AbortSignal) {
		const { files, reader, index, buffers, settings } = this.#parts;
		const onDisk = waiting.stamp ?? (await files.stat(waiting.path));
		if (onDisk === undefined) {
			builder.add({ path: waiting.path, ...onScreen }, { kind: 'gone' });
			return undefined;
		}
		const { path } = onDisk;
		const buffer = buffers.get(pathKey(path));
		const stamp = buffer === undefined ? onDisk : { path, ...onScreen };
		const known = index.noteAt(path);
		const language = settings()['search.language'];
		const isCurrent =
			!waiting.force && known?.stamp.path === path && !isStale(known, { chunker: chunkerVersion, language });
		const request = {
			stamp,
			language,
			...(buffer === undefined ? {} : { buffer }),
			...(isCurrent ? { knownHash: known.hash } : {}),
		};
		const result = await reader.read(request, signal);
		builder.add(stamp, result);
		return result.ms === undefined ? undefined : { path, ms: result.ms };
	}
}

interface Waiting {
	readonly path: NotePath;
	readonly force: boolean;
	/** What the scan saw of the file; without it the file is looked at again. */
	readonly stamp?: FileStamp;
}
