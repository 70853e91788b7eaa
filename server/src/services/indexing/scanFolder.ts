import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathKey } from '../../core/indexing/notePath.ts';
import { planScan } from '../../core/indexing/plan.ts';
import { chunkerVersion } from '../../core/markdown/passage.ts';
import type { FileStamp } from '../../ports/files.ts';
import type { Drafts } from './drafts.ts';
import type { IndexerParts } from './indexerParts.ts';
import type { Unread } from './unread.ts';

/** Notes removed in one transaction. */
const removedAtOnce = 500;

/**
 * Compares the folder with the index: queues what is to be read, open notes first, and removes what is gone. Returns how
 * many. Throws, with nothing done, where the folder can't be read.
 */
export async function scanFolder(
	parts: IndexerParts,
	unread: Unread,
	drafts: Drafts,
	signal: AbortSignal,
): Promise<number> {
	const { files, index, buffers, settings, seen } = parts;
	const listing = await files.list(signal);
	seen.excluded = listing.excluded;
	const rules = { chunker: chunkerVersion, language: settings()['search.language'] };
	const { read, remove } = await planScan(index.notes(), listing, rules, nextTurn);
	signal.throwIfAborted();
	const isOpen = ({ path }: FileStamp) => buffers.has(pathKey(path));
	const ordered = [...read.filter(isOpen), ...read.filter((stamp) => !isOpen(stamp))];
	for (const stamp of ordered) unread.addSeen(stamp);
	const fresh = ordered.filter(({ path }) => index.noteAt(path) === undefined);
	// A few are read whole as fast.
	if (fresh.length > settings()['indexing.batchFiles']) drafts.plan(fresh);
	return removeNotes(
		parts,
		remove.map(({ id }) => id),
		signal,
	);
}

async function removeNotes(
	{ store, index }: IndexerParts,
	ids: readonly number[],
	signal: AbortSignal,
): Promise<number> {
	for (let at = 0; at < ids.length; at += removedAtOnce) {
		signal.throwIfAborted();
		const change = { put: [], touch: [], remove: ids.slice(at, at + removedAtOnce) };
		await store.write(change);
		index.apply(change);
	}
	return ids.length;
}
