import { planScan } from '../../core/indexing/plan.ts';
import { chunkerVersion } from '../../core/markdown/passage.ts';
import type { FileStamp } from '../../ports/files.ts';
import type { Drafts } from './drafts.ts';
import type { IndexerParts } from './indexerParts.ts';
import type { Unread } from './unread.ts';

/** Compares the folder with the index: queues what is to be read, open notes first, and removes what is gone. Returns how many. */
export async function scanFolder(
	{ files, index, store, buffers, settings }: IndexerParts,
	unread: Unread,
	drafts: Drafts,
	signal: AbortSignal,
): Promise<number> {
	const rules = { chunker: chunkerVersion, language: settings()['search.language'] };
	const { read, remove } = planScan(index.notes(), await files.list(signal), rules);
	const isOpen = ({ path }: FileStamp) => buffers.has(path);
	const ordered = [...read.filter(isOpen), ...read.filter((stamp) => !isOpen(stamp))];
	for (const stamp of ordered) unread.addSeen(stamp);
	const fresh = ordered.filter(({ path }) => index.noteAt(path) === undefined);
	// A few are read whole as fast.
	if (fresh.length > settings()['indexing.batchFiles']) drafts.plan(fresh);
	if (remove.length === 0) return 0;
	const change = { put: [], touch: [], remove: remove.map(({ id }) => id) };
	await store.write(change);
	index.apply(change);
	return remove.length;
}
