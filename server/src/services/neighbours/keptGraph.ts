import type { NeighbourOptions } from '../../ports/vectors.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';

/** Enough of a hash to tell texts of one folder apart. */
const hashLength = 16;
/** A graph that differs by more than this share is built anew: removed passages stay in it as dead ends. */
const mostStale = 0.2;

/** What a graph in a file holds: it is good for the passages whose text and model are still the same. */
export interface KeptGraph {
	/** Of the file. */
	readonly digest: string;
	readonly modelId: string;
	readonly m: number;
	readonly efConstruction: number;
	readonly ids: readonly number[];
	/** Of the passages' texts, shortened. */
	readonly hashes: readonly string[];
}

/** Says what a graph of the passages `ids` holds. */
export function describeGraph(
	ids: Iterable<number>,
	index: FolderIndex,
	modelId: string,
	{ m, efConstruction }: NeighbourOptions,
): Omit<KeptGraph, 'digest'> {
	const there = [...ids].filter((id) => index.passage(id) !== undefined);
	return { modelId, m, efConstruction, ids: there, hashes: there.map((id) => hashOf(index, id)) };
}

/** Passages that a graph in a file holds as they are now, and ids of others that it holds. */
export interface Comparison {
	readonly held: Set<number>;
	readonly stale: readonly number[];
}

/** What a document says, where it is of this model and make. */
export function readKept(
	document: unknown,
	modelId: string,
	{ m, efConstruction }: NeighbourOptions,
): KeptGraph | undefined {
	if (!isKeptGraph(document)) return undefined;
	const isSame =
		document.modelId === modelId && document.m === m && document.efConstruction === efConstruction;
	return isSame ? document : undefined;
}

/** Compares it with what there is now. */
export function compareGraph({ ids, hashes }: KeptGraph, index: FolderIndex): Comparison {
	const held = new Set<number>();
	const stale: number[] = [];
	for (const [at, id] of ids.entries()) {
		const isSame = index.vectors.has(id) && hashOf(index, id) === hashes[at];
		if (isSame) held.add(id);
		else stale.push(id);
	}
	return { held, stale };
}

/** Whether the graph is worth to be gone on with. */
export function isMostlyHeld({ held, stale }: Comparison): boolean {
	return stale.length <= mostStale * (held.size + stale.length);
}

function hashOf(index: FolderIndex, id: number): string {
	return index.passage(id)?.textHash.slice(0, hashLength) ?? '';
}

function isKeptGraph(document: unknown): document is KeptGraph {
	if (typeof document !== 'object' || document === null) return false;
	const { ids, hashes } = document as Partial<KeptGraph>;
	return (
		Array.isArray(ids) && Array.isArray(hashes) && ids.length === hashes.length && ids.every(Number.isInteger)
	);
}
