import { type Evidence, mostShared } from '../../core/ranking/relatedWeights.ts';
import type { NotePath } from '../../ports/files.ts';
import type { StoredNote } from '../../ports/store.ts';
import type { RelatedNote, Why } from '../../protocol/related.ts';
import type { Folder } from '../folder/folder.ts';
import { uriOfNote } from '../noteUri.ts';
import type { Nearness } from './relatedNearness.ts';

/** A note that may be related to another, and all that speaks for it. */
export interface Relation {
	readonly note: StoredNote;
	readonly evidence: Evidence;
	readonly near: Nearness | undefined;
	readonly sharedLinks: readonly string[];
	readonly citedBy: readonly string[];
	readonly sharedTags: readonly string[];
	readonly linkPath: readonly string[];
}

/** A related note as it is shown: the passage that is nearest, and why it is related. */
export async function describeRelation(
	{ store }: Folder,
	{ uri, name }: Folder['id'],
	relation: Relation & { readonly score: number },
): Promise<RelatedNote> {
	const { note, near, score, sharedLinks, citedBy, sharedTags, linkPath } = relation;
	const [passage] = near === undefined || store === undefined ? [] : await store.passages([near.passageId]);
	const { path } = note.stamp;
	const place = {
		heading: passage?.heading ?? '',
		startLine: passage?.startLine ?? 1,
		endLine: passage?.endLine ?? 1,
	};
	const why: Why = {
		passages:
			passage === undefined
				? []
				: [{ heading: place.heading, startLine: place.startLine, similarity: near!.passageSimilarity }],
		sharedLinks,
		citedBy,
		sharedTags,
		linkPath,
	};
	return {
		uri: uriOfNote(uri, path),
		folder: name,
		path,
		title: note.title,
		...place,
		score: Math.min(1, score),
		why,
		reasons: inWords(why, path),
	};
}

function inWords(
	{ linkPath, sharedLinks, citedBy, sharedTags, passages }: Why,
	path: NotePath,
): readonly string[] {
	const reasons: string[] = [];
	if (linkPath.length > 0) reasons.push(linkPath[0] === path ? 'links here' : 'linked from here');
	if (sharedLinks.length > 0) reasons.push(`both link to ${listed(sharedLinks.map(titleOf))}`);
	if (citedBy.length > 0) reasons.push(`both linked from ${listed(citedBy.map(titleOf))}`);
	if (sharedTags.length > 0)
		reasons.push(
			`${sharedTags.length} shared tag${sharedTags.length === 1 ? '' : 's'}: ${listed(sharedTags)}`,
		);
	const [best] = passages;
	if (best !== undefined)
		reasons.push(best.heading === '' ? 'similar text' : `passage: ${best.heading.split(' > ').at(-1)}`);
	return reasons;
}

function titleOf(path: NotePath): string {
	return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
}

function listed(names: readonly string[]): string {
	return names.length <= mostShared
		? names.join(', ')
		: `${names.slice(0, mostShared).join(', ')} and ${names.length - mostShared} more`;
}
