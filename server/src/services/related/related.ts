import type { LinkView } from '../../core/links/hideLink.ts';
import { relatedScore } from '../../core/ranking/relatedWeights.ts';
import type { NotePath } from '../../ports/files.ts';
import type { StoredNote } from '../../ports/store.ts';
import type { RelatedResult } from '../../protocol/related.ts';
import type { Folder } from '../folder/folder.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';
import { findNear, type Nearness, nearestOf } from './relatedNearness.ts';
import { describeRelation, type Relation } from './relatedReasons.ts';

/** Passages of a note that are compared with all others; a longer note is sampled evenly. */
const mostPassages = 8;
const defaultLimit = 10;
/** What links to more is an index of the folder: that two stand in it says little of them. */
const mostOfList = 50;

export interface RelatedOptions {
	readonly line?: number | undefined;
	readonly limit?: number | undefined;
}

/**
 * Notes related to a note, or to the passage at `line` (1-based), best first: near in meaning, drawn closer by
 * links and tags. Without vectors, by links and tags alone. Throws on abort, between two passages.
 */
export async function findRelated(
	folder: Folder,
	path: NotePath,
	{ line, limit = defaultLimit }: RelatedOptions,
	signal: AbortSignal,
): Promise<RelatedResult> {
	const { index, id } = folder;
	const note = index.noteAt(path);
	if (note === undefined) return { kind: 'unknown', related: [] };
	const passages = line === undefined ? samplePassages(index, note.id) : passageAt(index, note.id, line);
	const related = (await gatherRelations(folder, note, passages, signal))
		.map((relation) => ({ ...relation, score: relatedScore(relation.evidence, folder.relatedWeights) }))
		.sort((a, b) => b.score - a.score || (a.note.stamp.path < b.note.stamp.path ? -1 : 1));
	return {
		kind: 'found',
		related: await Promise.all(
			related.slice(0, limit).map((relation) => describeRelation(folder, id, relation)),
		),
	};
}

/** Where a relation is asked for as if a link were not there: the links without it, and vectors without its words. */
export interface Withheld {
	readonly links: LinkView;
	/** By passage, in place of the index's. */
	readonly vectors: ReadonlyMap<number, Float32Array>;
}

/** All notes that may be related to `note`, by some of its passages, in no order. Throws on abort. */
export async function gatherRelations(
	folder: Folder,
	note: StoredNote,
	passages: readonly number[],
	signal: AbortSignal,
	{ links, vectors }: Withheld = { links: folder.index.links, vectors: new Map() },
): Promise<readonly Relation[]> {
	const { index } = folder;
	const near = await findNear(folder, note.id, passages, vectors, signal);
	const tagged = notesSharingTags(index, note);
	const candidates = new Set([
		...nearestOf(near),
		...links.outgoing(note.id),
		...links.backlinks(note.id),
		...citedTogether(links, note.id),
		...tagged.keys(),
	]);
	candidates.delete(note.id);
	// A note may have gone while its passages were compared.
	const present = [...candidates].filter((other) => index.note(other) !== undefined);
	return present.map((other) => relate(index, links, note, other, near.get(other), tagged.get(other) ?? []));
}

/** The passages that stand for a note: those that are its own, where it has any. */
export function samplePassages(index: FolderIndex, noteId: number): readonly number[] {
	const own = index.passagesOf(noteId);
	const telling = own.filter((id) => !index.boilerplate.has(id));
	const all = telling.length > 0 ? telling : own;
	if (all.length <= mostPassages) return all;
	return Array.from({ length: mostPassages }, (_, at) => all[Math.floor((at * all.length) / mostPassages)]!);
}

/** The passage that holds the line, else the last one that begins before it, else the first. */
function passageAt(index: FolderIndex, noteId: number, line: number): readonly number[] {
	const all = index.passagesOf(noteId);
	const holding = all.find((id) => {
		const { startLine, endLine } = index.passage(id)!;
		return startLine <= line && line <= endLine;
	});
	const before = all.findLast((id) => index.passage(id)!.startLine <= line);
	const found = holding ?? before ?? all[0];
	return found === undefined ? [] : [found];
}

function notesSharingTags(index: FolderIndex, note: StoredNote): ReadonlyMap<number, readonly string[]> {
	const shared = new Map<number, readonly string[]>();
	if (note.tags.length === 0) return shared;
	const own = new Set(note.tags.map((tag) => tag.toLowerCase()));
	for (const other of index.notes()) {
		const both = other.tags.filter((tag) => own.has(tag.toLowerCase()));
		if (both.length > 0 && other.id !== note.id) shared.set(other.id, both);
	}
	return shared;
}

/** Notes that stand beside `noteId` in some note that links to both. */
function citedTogether(links: LinkView, noteId: number): readonly number[] {
	return links.backlinks(noteId).flatMap((id) => {
		const cited = links.outgoing(id);
		return cited.length <= mostOfList ? cited : [];
	});
}

/** Notes that link to both. */
function citing(links: LinkView, a: number, b: number): readonly number[] {
	const other = new Set(links.backlinks(b));
	return links.backlinks(a).filter((id) => other.has(id) && links.outgoing(id).length <= mostOfList);
}

function relate(
	index: FolderIndex,
	links: LinkView,
	note: StoredNote,
	otherId: number,
	near: Nearness | undefined,
	sharedTags: readonly string[],
): Relation {
	const other = index.note(otherId)!;
	const direction = links.linked(note.id, otherId);
	const pathOf = (id: number) => index.note(id)!.stamp.path;
	const sharedLinks = links.shared(note.id, otherId).map(pathOf);
	const citedBy = citing(links, note.id, otherId).map(pathOf);
	const paths = [note.stamp.path, other.stamp.path];
	return {
		note: other,
		evidence: {
			similarity: near?.similarity ?? 0,
			isLinked: direction !== undefined,
			sharedLinks: sharedLinks.length,
			coCitations: citedBy.length,
			sharedTags: sharedTags.length,
		},
		near,
		sharedLinks,
		citedBy,
		sharedTags,
		linkPath: direction === undefined ? [] : direction === 'from' ? paths.toReversed() : paths,
	};
}
