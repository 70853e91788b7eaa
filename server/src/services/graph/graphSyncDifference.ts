import { noteDigest } from '../../core/links/noteDigest.ts';
import { Slices } from '../../core/slices.ts';
import type { GraphChange, GraphNote, NodeId } from '../../ports/graph.ts';
import type { RemoteGraph } from '../../ports/remoteGraph.ts';

/** The notes of a folder as they are to be in its graph. */
export interface GraphSource {
	/** All of them, as they are now. */
	notes(): Iterable<GraphNote>;
	note(id: NodeId): GraphNote | undefined;
}

/** Ids of notes, each in one list. */
export interface GraphDifference {
	readonly notes: number;
	readonly missing: readonly NodeId[];
	readonly changed: readonly NodeId[];
	readonly extra: readonly NodeId[];
}

/** Notes that go to the server in one transaction. */
export const notesAtOnce = 500;

/**
 * What the server holds otherwise than `source`. `quick` goes by the digests that were written with the notes; `whole`
 * reads everything and finds also what others have changed there.
 */
export async function compareGraphs(
	source: GraphSource,
	remote: RemoteGraph,
	how: 'quick' | 'whole',
	signal: AbortSignal,
): Promise<GraphDifference> {
	const there = new Map(await remote.digests(signal));
	if (how === 'whole') {
		const standing = new Set<NodeId>();
		const check = (batch: readonly GraphNote[]) => {
			for (const note of batch) {
				standing.add(note.id);
				// A note that was changed behind the digest's back has none that counts.
				if (there.get(note.id) !== noteDigest(note)) there.set(note.id, '');
			}
		};
		await remote.notes(check, signal);
		for (const id of there.keys()) if (!standing.has(id)) there.delete(id);
	}
	const slices = new Slices();
	const [missing, changed]: [NodeId[], NodeId[]] = [[], []];
	let notes = 0;
	for (const note of source.notes()) {
		notes++;
		const digest = there.get(note.id);
		if (digest === undefined) missing.push(note.id);
		else if (digest !== noteDigest(note)) changed.push(note.id);
		there.delete(note.id);
		await slices.pause();
		signal.throwIfAborted();
	}
	// What came meanwhile is no leftover.
	const extra = [...there.keys()].filter((id) => source.note(id) === undefined);
	return { notes, missing: missing.sort(), changed: changed.sort(), extra: extra.sort() };
}

/** The change that brings these notes to the server as they are now. */
export function changeOf(ids: Iterable<NodeId>, source: GraphSource): GraphChange {
	const put: GraphNote[] = [];
	const remove: NodeId[] = [];
	for (const id of ids) {
		const note = source.note(id);
		if (note === undefined) remove.push(id);
		else put.push(note);
	}
	return { put, remove };
}

/** All ids of a difference, in one row. */
export function differing({ missing, changed, extra }: GraphDifference): readonly NodeId[] {
	return [...missing, ...changed, ...extra];
}
