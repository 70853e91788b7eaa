/** `missing` is what a link names and no note answers to. */
export type NodeKind = 'note' | 'tag' | 'missing';

/**
 * What a node is known by, the same on every machine: `note:` and the path relative to the workspace folder, with `/`;
 * `tag:` and the tag in lower case, without `#`; `missing:` and the name as the link folds it.
 */
export type NodeId = `${NodeKind}:${string}`;

/** `link`, `embed`, `tag`, `parent`, or a key of front matter whose value is a link, in lower case (`up`, `similar`, …). */
export type EdgeKind = string;

export interface GraphEdge {
	readonly to: NodeId;
	readonly kind: EdgeKind;
}

/** A note and all that it points at: no edge to itself, none twice. */
export interface GraphNote {
	readonly id: NodeId;
	readonly title: string;
	readonly edges: readonly GraphEdge[];
}

/**
 * Whole notes that come, change or go. Tags and missing notes are never put: they are there as long as an edge leads to
 * them. A tag `a/b` has the edge `parent` to `a`, by itself. After the change every edge to a note leads to one that is
 * there: a note that goes comes with those that linked to it.
 */
export interface GraphChange {
	readonly put: readonly GraphNote[];
	readonly remove: readonly NodeId[];
}

/** `out` along the edges, `in` against them. */
export type Direction = 'out' | 'in' | 'both';

export interface EdgeFilter {
	readonly direction: Direction;
	/** Left out it is every kind. */
	readonly kinds?: readonly EdgeKind[];
}

/** A walk in breadth from one node. */
export interface Walk extends EdgeFilter {
	readonly from: NodeId;
	/** Edges to go at most, 1 to 5. */
	readonly depth: number;
	/** Keeps notes that have this tag, or one within it; all nodes are walked through all the same. */
	readonly tag?: string;
	/** Nodes to return at most, 1 to 500. */
	readonly limit: number;
}

/**
 * A node by a shortest way, and the last edge of it. Of several such edges the first by id of the node before, then
 * one walked along before one walked against, then the first kind.
 */
export interface Reached {
	readonly id: NodeId;
	/** Edges from the start, at least 1. */
	readonly depth: number;
	readonly from: NodeId;
	readonly kind: EdgeKind;
	/** Whether the last edge was walked along (`out`) or against (`in`). */
	readonly direction: 'out' | 'in';
}

export interface MissingNode {
	readonly id: NodeId;
	/** Notes that name it, by path. */
	readonly from: readonly NodeId[];
}

export interface GraphCounts {
	readonly notes: number;
	readonly tags: number;
	readonly missing: number;
	/** Of all kinds, those between tags left out. */
	readonly edges: number;
}

/**
 * The graph of one workspace folder. Every order is stated, so that two implementations give the same answer: by depth,
 * then by id, compared by UTF-16 code unit. An unknown start gives nothing.
 */
export interface LinkGraph {
	/** All or nothing; putting what is there already changes nothing. */
	apply(change: GraphChange, signal: AbortSignal): Promise<void>;
	neighbors(walk: Walk, signal: AbortSignal): Promise<readonly Reached[]>;
	/**
	 * The steps of a shortest way, none from a node to itself; `undefined` where there is none of at most `depth` edges
	 * (1 to 5). Of several ways, each step is the one that `neighbors` tells.
	 */
	shortestPath(
		from: NodeId,
		to: NodeId,
		filter: EdgeFilter & { readonly depth: number },
		signal: AbortSignal,
	): Promise<readonly Reached[] | undefined>;
	/** Notes that no note links to and that link to none; tags do not count. By id. */
	orphans(limit: number, signal: AbortSignal): Promise<readonly NodeId[]>;
	/** Most wanted first, then by id. */
	missing(limit: number, signal: AbortSignal): Promise<readonly MissingNode[]>;
	counts(signal: AbortSignal): Promise<GraphCounts>;
	close(): Promise<void>;
}
