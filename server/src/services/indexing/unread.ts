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
	readonly #waiting = new Map<NotePath, Waiting>();

	constructor(parts: IndexerParts) {
		this.#parts = parts;
	}

	get size(): number {
		return this.#waiting.size;
	}

	/** Files that were made, changed or removed, or whose buffer changed. */
	add(path: NotePath): void {
		this.#waiting.set(path, { force: this.#waiting.get(path)?.force ?? false });
	}

	/** A file as a scan saw it. */
	addSeen(stamp: FileStamp): void {
		this.#waiting.set(stamp.path, { stamp, force: this.#waiting.get(stamp.path)?.force ?? false });
	}

	/** A note to be read even where its content is the one indexed. */
	addForced(path: NotePath): void {
		this.#waiting.set(path, { force: true });
	}

	/** What waits is given up until it is found again. */
	clear(): void {
		this.#waiting.clear();
	}

	/** Reads the next notes, `most` at most, and commits what they hold; what changes meanwhile waits on. Throws on abort. */
	async readBatch(most: number, signal: AbortSignal): Promise<ReadBatch> {
		const { store, index, clock } = this.#parts;
		const batch: [NotePath, Waiting][] = [];
		for (const entry of this.#waiting) {
			if (batch.length === most) break;
			batch.push(entry);
		}
		const builder = new ChangeBuilder(index, clock);
		await Promise.all(batch.map(([path, waiting]) => this.#readNote(path, waiting, builder, signal)));
		const change = builder.build();
		await store.write(change);
		await inSlices(change, (piece) => index.apply(piece));
		for (const [path, waiting] of batch) if (this.#waiting.get(path) === waiting) this.#waiting.delete(path);
		const passages = change.put.flatMap(({ passages }) => passages);
		const noteIds = change.put.map(({ note }) => note.id);
		return { passages, noteIds, read: change.put.length, removed: change.remove.length };
	}

	async #readNote(path: NotePath, waiting: Waiting, builder: ChangeBuilder, signal: AbortSignal) {
		const { files, reader, index, buffers, settings } = this.#parts;
		const onDisk = waiting.stamp ?? (await files.stat(path));
		if (onDisk === undefined) return builder.add({ path, ...onScreen }, { kind: 'gone' });
		const buffer = buffers.get(path);
		const stamp = buffer === undefined ? onDisk : { path, ...onScreen };
		const known = index.noteAt(path);
		const language = settings()['search.language'];
		const isCurrent =
			!waiting.force && known !== undefined && !isStale(known, { chunker: chunkerVersion, language });
		const request = {
			stamp,
			language,
			...(buffer === undefined ? {} : { buffer }),
			...(isCurrent ? { knownHash: known.hash } : {}),
		};
		builder.add(stamp, await reader.read(request, signal));
	}
}

interface Waiting {
	readonly force: boolean;
	/** What the scan saw of the file; without it the file is looked at again. */
	readonly stamp?: FileStamp;
}
