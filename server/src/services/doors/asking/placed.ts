import type { NotePath } from '../../../ports/files.ts';
import type { WhyReason } from '../../../protocol/whyNotFound.ts';
import { pathWithin, uriOfNote } from '../../noteUri.ts';
import type { Door } from '../door.ts';

/** The leader may know the folder by another name and, over a link, by another path. */
export function placed<T extends { readonly path: NotePath }>(
	{ id }: Door,
	thing: T,
): T & { uri: string; folder: string } {
	return { ...thing, uri: uriOfNote(id.uri, thing.path), folder: id.name };
}

/** The same for a reason, which may name a file by the leader's URI of the folder. */
export function reasonPlaced({ id }: Door, reason: WhyReason, leaderUri: string): WhyReason {
	const { at } = reason;
	if (at?.kind !== 'file') return reason;
	const path = pathWithin(leaderUri, at.uri);
	return path === undefined ? reason : { ...reason, at: { ...at, uri: uriOfNote(id.uri, path) } };
}
