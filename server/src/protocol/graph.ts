/** The graph of links between notes. */
import { RequestType } from 'vscode-jsonrpc';

/** Client -> server. One question about the links of a folder. Fails with words where there is no such note. */
export const Graph = new RequestType<GraphParams, GraphResult, void>('jarvis/graph');

export type GraphParams = {
	/** URI of the workspace folder. */
	readonly folder: string;
} & GraphQuestion;

/** A place in the graph is a note by its path relative to the folder, or `tag:NAME`, or `missing:NAME`. */
export type GraphQuestion =
	| ({
			readonly verb: 'neighbors';
			readonly of: string;
			readonly tag?: string;
			readonly limit?: number;
	  } & GraphWalk)
	/** All there is around a place, to be drawn. */
	| ({
			readonly verb: 'neighborhood';
			readonly of: string;
			/** Nodes at most, besides the one in the middle. */
			readonly limit?: number;
	  } & Pick<GraphWalk, 'depth' | 'direction'>)
	| ({ readonly verb: 'path'; readonly from: string; readonly to: string } & GraphWalk)
	| { readonly verb: 'backlinks'; readonly of: string; readonly limit?: number }
	| { readonly verb: 'hubs'; readonly by?: GraphStanding; readonly limit?: number }
	| { readonly verb: 'orphans' | 'broken' | 'ambiguous' | 'communities'; readonly limit?: number }
	| { readonly verb: 'bridges'; readonly of?: string; readonly limit?: number };

export interface GraphWalk {
	/** Links to follow at most, 1 to 5. */
	readonly depth?: number;
	/** `out` along the links, `in` against them; left out it is both. */
	readonly direction?: 'out' | 'in' | 'both';
	/** Left out it is every kind. */
	readonly kinds?: readonly string[];
}

export type GraphStanding = 'pageRank' | 'authority' | 'hub';

export interface GraphNode {
	readonly kind: 'note' | 'tag' | 'missing';
	/** Of a note, relative to the folder. */
	readonly path?: string;
	/** Of a tag without `#`; of a missing note as the link has it. */
	readonly title: string;
}

/** A link, told by where it was walked from. */
export interface GraphStep {
	readonly node: GraphNode;
	/** Links from the start. */
	readonly depth: number;
	readonly from: GraphNode;
	/** `link`, `embed`, `tag`, `parent`, or a key of front matter. */
	readonly kind: string;
	readonly direction: 'out' | 'in';
}

/** A node to be drawn. */
export interface NeighborhoodNode extends GraphNode {
	/** Links from the middle. */
	readonly depth: number;
	/** Notes that link to it. */
	readonly linksIn: number;
	/** Of a note, without `#`. */
	readonly tags: readonly string[];
}

/** A link to be drawn, told by places among the nodes. */
export interface NeighborhoodLink {
	readonly from: number;
	readonly to: number;
	readonly kind: string;
}

export interface RankedNote extends GraphNode {
	/** All notes together have 1. */
	readonly pageRank: number;
	/** HITS, 0 to 1. */
	readonly authority: number;
	readonly hub: number;
	/** Notes that link to it, and that it links to. */
	readonly linksIn: number;
	readonly linksOut: number;
}

export interface BrokenLink {
	/** What is linked to, as the link has it. */
	readonly target: string;
	/** Notes that link to it, and the lines. */
	readonly from: readonly { readonly path: string; readonly lines: readonly number[] }[];
	/** Paths of notes that may be meant, likeliest first; for the first 50 links. */
	readonly suggestions: readonly string[];
}

/** A link to a note that there is, and to a heading or block that it does not have. */
export interface BrokenPart {
	/** Of the note that it stands in, and of the one that it leads to. */
	readonly from: string;
	readonly to: string;
	readonly line: number;
	/** As the link has it; a block with `^` before it. */
	readonly part: string;
}

/** A link that several notes answer to. */
export interface AmbiguousLink {
	/** Path of the note that it stands in. */
	readonly from: string;
	readonly line: number;
	/** What is linked to, as the link has it. */
	readonly target: string;
	/** Path of the note that it is taken to mean, and of those that it might. */
	readonly means: string;
	readonly others: readonly string[];
}

export interface Community {
	/** Of its first note. */
	readonly name: string;
	readonly size: number;
	/** The first ones by PageRank. */
	readonly notes: readonly GraphNode[];
}

/** Two notes near in meaning, and far in links. */
export interface Bridge {
	readonly a: GraphNode;
	readonly b: GraphNode;
	/** Cosine of how near, 0 to 1. */
	readonly similarity: number;
	/** Links between them; left out where there is no way of at most 5. */
	readonly distance?: number;
}

/** Where the settings want a graph server: who has answered, and where it is not that server, why. */
export interface AnsweredBy {
	readonly by?: 'embedded' | 'neo4j';
	readonly reason?: string;
}

export type GraphResult =
	| ({
			readonly verb: 'neighbors' | 'backlinks';
			readonly of: GraphNode;
			readonly steps: readonly GraphStep[];
	  } & AnsweredBy)
	| ({
			readonly verb: 'path';
			readonly from: GraphNode;
			readonly to: GraphNode;
			/** Left out where there is no way. */
			readonly steps?: readonly GraphStep[];
	  } & AnsweredBy)
	| {
			readonly verb: 'neighborhood';
			/** The middle first, then by depth. */
			readonly nodes: readonly NeighborhoodNode[];
			/** All links among them. */
			readonly links: readonly NeighborhoodLink[];
			/** Whether there are more nodes than were asked for. */
			readonly isCut: boolean;
	  }
	| { readonly verb: 'hubs'; readonly notes: readonly RankedNote[] }
	| { readonly verb: 'orphans'; readonly notes: readonly GraphNode[] }
	| {
			readonly verb: 'broken';
			readonly links: readonly BrokenLink[];
			/** By path and line. */
			readonly parts: readonly BrokenPart[];
	  }
	/** By path and line. */
	| { readonly verb: 'ambiguous'; readonly links: readonly AmbiguousLink[] }
	| {
			readonly verb: 'communities';
			/** With two notes at least, largest first. */
			readonly communities: readonly Community[];
			/** Notes in none. */
			readonly alone: number;
	  }
	| {
			readonly verb: 'bridges';
			readonly bridges: readonly Bridge[];
			/** Notes that others were looked for; of a large folder not all. */
			readonly examined: number;
	  };
