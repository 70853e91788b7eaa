/** What is drawn of a neighbourhood: pure, so that it is tested without a page. */
import type { GraphNode, GraphResult, NeighborhoodNode } from '../../../../server/src/protocol/graph.ts';

export type Neighborhood = Extract<GraphResult, { readonly verb: 'neighborhood' }>;
export type Direction = 'both' | 'out' | 'in';

/** What the user wants to see. */
export interface Choice {
	/** Links from the middle, 1 to 5. */
	readonly depth: number;
	readonly direction: Direction;
	/** Notes with this tag, or one within it, and what they are reached by. */
	readonly tag?: string;
	readonly hiddenKinds: readonly string[];
}

export interface DrawnNode {
	/** As the server knows the place by: see `GraphQuestion`. */
	readonly id: string;
	readonly kind: GraphNode['kind'];
	readonly title: string;
	/** Of a note, relative to its folder. */
	readonly path?: string;
	readonly depth: number;
	/** 0 to 1: notes that link to it, beside the one that most link to. */
	readonly rank: number;
}

export interface DrawnEdge {
	readonly from: string;
	readonly to: string;
	readonly kind: string;
}

export interface Drawing {
	/** Id of the node in the middle, which comes first. */
	readonly centre: string;
	readonly nodes: readonly DrawnNode[];
	readonly edges: readonly DrawnEdge[];
	/** Of all links around, hidden ones among them, plain ones first. */
	readonly kinds: readonly string[];
	/** Of all notes around, in order. */
	readonly tags: readonly string[];
	/** How many there are, where the rest was left out. */
	readonly cutAt?: number;
}

const deepest = 5;
const directions: readonly unknown[] = ['both', 'out', 'in'] satisfies Direction[];
/** In this order, all others after them. */
const firstKinds = ['link', 'embed', 'parent', 'tag'];

/** The choice, where it is one: a page's own state may be of another version. */
export function readChoice(given: unknown): Choice | undefined {
	if (typeof given !== 'object' || given === null) return undefined;
	const { depth, direction, tag, hiddenKinds } = given as Readonly<Record<string, unknown>>;
	if (typeof depth !== 'number' || !Number.isInteger(depth) || depth < 1 || depth > deepest) return undefined;
	if (!directions.includes(direction)) return undefined;
	if (!Array.isArray(hiddenKinds) || !hiddenKinds.every((kind) => typeof kind === 'string')) return undefined;
	if (tag !== undefined && typeof tag !== 'string') return undefined;
	return {
		depth,
		direction: direction as Direction,
		hiddenKinds,
		...(tag === undefined ? {} : { tag }),
	};
}

/** What the choice leaves of a neighbourhood: nodes that the links shown still lead to from the middle. */
export function makeDrawing({ nodes, links, isCut }: Neighborhood, choice: Choice): Drawing {
	const shown = links.filter(({ kind }) => !choice.hiddenKinds.includes(kind));
	const walked = walk(nodes.length, shown, choice);
	const kept = choice.tag === undefined ? walked : waysToTagged(nodes, walked, choice.tag);
	const most = Math.max(1, ...[...kept.keys()].map((place) => nodes[place]!.linksIn));
	return {
		centre: idOf(nodes[0]!),
		nodes: [...kept].map(([place, { depth }]) => drawn(nodes[place]!, depth, most)),
		edges: shown
			.filter(({ from, to }) => kept.has(from) && kept.has(to))
			.map(({ from, to, kind }) => ({ from: idOf(nodes[from]!), to: idOf(nodes[to]!), kind })),
		kinds: kindsOf(links.map(({ kind }) => kind)),
		tags: [...new Set(nodes.flatMap(({ tags }) => tags))].sort(),
		...(isCut ? { cutAt: nodes.length - 1 } : {}),
	};
}

/** The place that a node is asked for by. */
export function idOf({ kind, path, title }: GraphNode): string {
	return kind === 'note' ? path! : `${kind}:${title}`;
}

interface Met {
	readonly depth: number;
	/** Place of the node before. */
	readonly from: number;
}

/** Nodes by place in the order of their depth. */
function walk(
	count: number,
	links: Neighborhood['links'],
	{ depth, direction }: Choice,
): ReadonlyMap<number, Met> {
	const next = Array.from({ length: count }, (): number[] => []);
	for (const { from, to } of links) {
		if (direction !== 'in') next[from]!.push(to);
		if (direction !== 'out') next[to]!.push(from);
	}
	const met = new Map<number, Met>([[0, { depth: 0, from: 0 }]]);
	// A map that grows is gone through to its new end.
	for (const [place, { depth: far }] of met) {
		if (far === depth) break;
		for (const other of next[place]!) if (!met.has(other)) met.set(other, { depth: far + 1, from: place });
	}
	return met;
}

function waysToTagged(
	nodes: readonly NeighborhoodNode[],
	met: ReadonlyMap<number, Met>,
	tag: string,
): ReadonlyMap<number, Met> {
	const isTagged = (own: string) => own === tag || own.startsWith(`${tag}/`);
	const kept = new Set([0]);
	for (const place of met.keys()) {
		if (!nodes[place]!.tags.some(isTagged)) continue;
		for (let at = place; !kept.has(at); at = met.get(at)!.from) kept.add(at);
	}
	return new Map([...met].filter(([place]) => kept.has(place)));
}

function drawn(node: NeighborhoodNode, depth: number, mostLinksIn: number): DrawnNode {
	const { kind, title, path, linksIn } = node;
	const common = { id: idOf(node), kind, title, depth, rank: linksIn / mostLinksIn };
	return path === undefined ? common : { ...common, path };
}

function kindsOf(all: readonly string[]): readonly string[] {
	const rank = (kind: string) => (firstKinds.includes(kind) ? firstKinds.indexOf(kind) : firstKinds.length);
	return [...new Set(all)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
