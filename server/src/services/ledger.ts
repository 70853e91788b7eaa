import { setImmediate as nextTurn } from 'node:timers/promises';
import { describeExclusion } from '../core/indexing/exclusion.ts';
import { isFailure } from '../core/indexing/reasons.ts';
import { chunkerVersion } from '../core/markdown/passage.ts';
import type { NotePath } from '../ports/files.ts';
import type { StoredNote } from '../ports/store.ts';
import type { LedgerEntry, LedgerParams, LedgerResult, LedgerState } from '../protocol/ledger.ts';
import type { Folder } from './folder/folder.ts';
import { uriOfNote } from './noteUri.ts';

/** Entries of a page, where nothing is said. */
export const usualEntries = 200;
/** Files looked at between two turns: some milliseconds. */
const filesPerTurn = 2000;

/** Where a file stands, and why it is not wholly indexed, where it is not. */
export interface Standing {
	readonly state: LedgerState;
	readonly reason?: string;
}

/** Where a note stands that the index knows, or that waits to be read. */
export function standingOf(
	{ index, indexer, seen }: Folder,
	path: NotePath,
	note: StoredNote | undefined,
): Standing {
	if (note === undefined) return { state: 'pending', reason: 'waits to be read' };
	if (note.skipped === undefined && note.chunker !== chunkerVersion)
		return { state: 'pending', reason: 'its words can be found; the rest waits to be read' };
	if (indexer?.isWaiting(path) === true)
		return { state: 'pending', reason: 'has changed and waits to be read again' };
	if (note.skipped !== undefined)
		return { state: isFailure(note.skipped) ? 'failed' : 'skipped', reason: note.skipped };
	const ids = index.passagesOf(note.id);
	const failures = ids.flatMap((id) => seen.embedFailures.get(id) ?? []);
	if (failures.length === 0) return { state: 'indexed' };
	return {
		state: 'failed',
		reason: `the model can't read ${failures.length} of its ${ids.length} ${ids.length === 1 ? 'passage' : 'passages'}: ${failures[0]}`,
	};
}

/** One page of the files of the folders, in order of their paths. */
export async function readLedger(folders: readonly Folder[], params: LedgerParams): Promise<LedgerResult> {
	const { states, offset = 0, limit = usualEntries } = params;
	const part = params.path?.toLowerCase();
	const asked = folders.filter(({ id }) => params.folder === undefined || id.uri === params.folder);
	const counts = { indexed: 0, pending: 0, skipped: 0, failed: 0 };
	const first = new FirstByPath(offset + limit);
	let [total, looked] = [0, 0];
	for (const folder of asked) {
		for (const seen of filesOf(folder)) {
			if (++looked % filesPerTurn === 0) await nextTurn();
			counts[seen.standing.state]++;
			if (states !== undefined && !states.includes(seen.standing.state)) continue;
			if (part !== undefined && !seen.path.toLowerCase().includes(part)) continue;
			total++;
			first.add(seen);
		}
	}
	return {
		total,
		counts,
		entries: first.all().slice(offset).map(toEntry),
		excluded: asked.flatMap(({ id, seen }) =>
			(seen.excluded ?? []).map(({ by, notes, folders }) => ({
				...{ folder: id.name, by: describeExclusion(by), notes, folders },
			})),
		),
	};
}

interface SeenFile {
	readonly folder: Folder;
	readonly path: NotePath;
	readonly note: StoredNote | undefined;
	readonly standing: Standing;
}

function* filesOf(folder: Folder): Iterable<SeenFile> {
	const { index, indexer } = folder;
	for (const note of index.notes()) {
		const { path } = note.stamp;
		yield { folder, path, note, standing: standingOf(folder, path, note) };
	}
	for (const path of indexer?.waitingPaths() ?? []) {
		if (index.noteAt(path) === undefined)
			yield { folder, path, note: undefined, standing: standingOf(folder, path, undefined) };
	}
}

function toEntry({ folder, path, note, standing }: SeenFile): LedgerEntry {
	const { id, index, seen } = folder;
	const passages = note === undefined ? [] : index.passagesOf(note.id);
	const tookMs = note === undefined ? undefined : seen.readTimes.get(note.id);
	return {
		...{ uri: uriOfNote(id.uri, path), folder: id.name, path, ...standing },
		...(note === undefined ? {} : { readAtMs: note.indexedAtMs }),
		...(tookMs === undefined ? {} : { tookMs }),
		passages: passages.length,
		embedded: passages.filter((passage) => index.vectors.has(passage)).length,
	};
}

/** The first `most` by path, then by folder: sorting all of 100,000 for one page would be felt. */
class FirstByPath {
	readonly #most: number;
	readonly #first: SeenFile[] = [];

	constructor(most: number) {
		this.#most = most;
	}

	add(seen: SeenFile): void {
		const first = this.#first;
		const last = first.at(-1);
		if (first.length >= this.#most && (last === undefined || !isBefore(seen, last))) return;
		let [low, high] = [0, first.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (isBefore(first[middle]!, seen)) low = middle + 1;
			else high = middle;
		}
		first.splice(low, 0, seen);
		if (first.length > this.#most) first.pop();
	}

	all(): readonly SeenFile[] {
		return this.#first;
	}
}

function isBefore(a: SeenFile, b: SeenFile): boolean {
	return a.path < b.path || (a.path === b.path && a.folder.id.uri < b.folder.id.uri);
}
