import type { LinkView } from '../core/links/hideLink.ts';
import { boilerplateWeight } from '../core/ranking/boilerplate.ts';
import { type Evidence, mostShared, relatedScore } from '../core/ranking/relatedWeights.ts';
import { topK } from '../kernels/topK.ts';
import type { NotePath } from '../ports/files.ts';
import type { StoredNote } from '../ports/store.ts';
import type { RelatedNote, RelatedResult, Why } from '../protocol/related.ts';
import { dot } from './exactScores.ts';
import type { Folder } from './folder.ts';
import type { FolderIndex } from './folderIndex.ts';
import { uriOfNote } from './noteUri.ts';

/** Passages of a note that are compared with all others; a longer note is sampled evenly. */
const mostPassages = 8;
/** Notes near in meaning that are looked at more closely. */
const candidateCount = 50;
const defaultLimit = 10;

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
		related: await Promise.all(related.slice(0, limit).map((relation) => describe(folder, id, relation))),
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
		...tagged.keys(),
	]);
	candidates.delete(note.id);
	// A note may have gone while its passages were compared.
	const present = [...candidates].filter((other) => index.note(other) !== undefined);
	return present.map((other) => relate(index, links, note, other, near.get(other), tagged.get(other) ?? []));
}

/** How near another note is, and by which of its passages. */
interface Nearness {
	readonly similarity: number;
	readonly passageId: number;
	readonly passageSimilarity: number;
}

export interface Relation {
	readonly note: StoredNote;
	readonly evidence: Evidence;
	readonly near: Nearness | undefined;
	readonly sharedLinks: readonly string[];
	readonly sharedTags: readonly string[];
	readonly linkPath: readonly string[];
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

/**
 * For every other note the mean, over `passages`, of its best passage's cosine: exact for the nearest notes, and by
 * codes alone, a hair off, for the others.
 */
async function findNear(
	{ index, store, embedder }: Folder,
	noteId: number,
	passages: readonly number[],
	replaced: ReadonlyMap<number, Float32Array>,
	signal: AbortSignal,
): Promise<ReadonlyMap<number, Nearness>> {
	const vectorsOf = async (ids: readonly number[]) =>
		embedder === undefined ? undefined : store?.vectorsOf(embedder.model.id, ids);
	const own = await vectorsOf(passages);
	const vectors = passages.flatMap((id) => replaced.get(id) ?? own?.get(id) ?? []);
	const near = new Map<number, Nearness>();
	const bestPassages = new Map<number, Set<number>>();
	for (const vector of vectors) {
		// One scan is short; what waits behind it goes first before the next.
		await new Promise(setImmediate);
		signal.throwIfAborted();
		for (const [other, { passageId, similarity }] of await bestByNote(index, vector)) {
			if (other === noteId) continue;
			const known = near.get(other);
			const share = Math.max(0, similarity) / vectors.length;
			const isBetter = known === undefined || similarity > known.passageSimilarity;
			near.set(other, {
				similarity: (known?.similarity ?? 0) + share,
				passageId: isBetter ? passageId : known.passageId,
				passageSimilarity: isBetter ? similarity : known.passageSimilarity,
			});
			const best = bestPassages.get(other);
			if (best === undefined) bestPassages.set(other, new Set([passageId]));
			else best.add(passageId);
		}
	}
	const nearest = nearestOf(near);
	const theirs = await vectorsOf(nearest.flatMap((other) => [...bestPassages.get(other)!]));
	signal.throwIfAborted();
	for (const other of nearest) {
		const known = [...bestPassages.get(other)!].flatMap((id) => {
			const vector = theirs?.get(id);
			return vector === undefined ? [] : [{ id, vector }];
		});
		if (known.length > 0) near.set(other, measureNearness(vectors, known));
	}
	return near;
}

/** The notes nearest in meaning, nearest first. */
function nearestOf(near: ReadonlyMap<number, Nearness>): readonly number[] {
	const sorted = [...near].sort(([, a], [, b]) => b.similarity - a.similarity);
	return sorted.slice(0, candidateCount).map(([noteId]) => noteId);
}

/** Of at least one passage. */
function measureNearness(
	vectors: readonly Float32Array[],
	passages: readonly { readonly id: number; readonly vector: Float32Array }[],
): Nearness {
	const nearest = vectors.map((vector) => {
		const scored = passages.map((passage) => ({ id: passage.id, score: dot(vector, passage.vector) }));
		return topK(scored, 1)[0]!;
	});
	const sum = nearest.reduce((total, { score }) => total + Math.max(0, score), 0);
	const best = topK(nearest, 1)[0]!;
	return { similarity: sum / vectors.length, passageId: best.id, passageSimilarity: best.score };
}

async function bestByNote(
	index: FolderIndex,
	vector: Float32Array,
): Promise<Map<number, { passageId: number; similarity: number }>> {
	const { ids, scores } = await index.vectors.approximate(vector);
	const best = new Map<number, { passageId: number; similarity: number }>();
	for (const [at, passageId] of ids.entries()) {
		const similarity = scores[at]! * (index.boilerplate.has(passageId) ? boilerplateWeight.semantic : 1);
		const noteId = index.noteOf(passageId);
		if (noteId === undefined) continue;
		const known = best.get(noteId);
		if (known === undefined || similarity > known.similarity) best.set(noteId, { passageId, similarity });
	}
	return best;
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
	const sharedLinks = links.shared(note.id, otherId).map((id) => index.note(id)!.stamp.path);
	const paths = [note.stamp.path, other.stamp.path];
	return {
		note: other,
		evidence: {
			similarity: near?.similarity ?? 0,
			isLinked: direction !== undefined,
			sharedLinks: sharedLinks.length,
			sharedTags: sharedTags.length,
		},
		near,
		sharedLinks,
		sharedTags,
		linkPath: direction === undefined ? [] : direction === 'from' ? paths.toReversed() : paths,
	};
}

async function describe(
	{ store }: Folder,
	{ uri, name }: Folder['id'],
	relation: Relation & { readonly score: number },
): Promise<RelatedNote> {
	const { note, near, score, sharedLinks, sharedTags, linkPath } = relation;
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

function inWords({ linkPath, sharedLinks, sharedTags, passages }: Why, path: NotePath): readonly string[] {
	const reasons: string[] = [];
	if (linkPath.length > 0) reasons.push(linkPath[0] === path ? 'links here' : 'linked from here');
	if (sharedLinks.length > 0) reasons.push(`both link to ${listed(sharedLinks.map(titleOf))}`);
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
