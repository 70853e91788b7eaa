import {
	forceCollide,
	forceLink,
	forceManyBody,
	forceSimulation,
	forceX,
	forceY,
	type Simulation,
	type SimulationNodeDatum,
} from 'd3-force';
import type { Drawing, DrawnEdge, DrawnNode } from '../../graph/drawing.ts';

/** A node and where it is: `x` and `y` of its middle, in the drawing's own units. */
export interface PlacedNode extends SimulationNodeDatum {
	readonly node: DrawnNode;
	readonly radius: number;
	x: number;
	y: number;
}

export interface PlacedEdge {
	readonly source: PlacedNode;
	readonly target: PlacedNode;
	readonly edge: DrawnEdge;
}

export interface Layout {
	readonly nodes: readonly PlacedNode[];
	readonly edges: readonly PlacedEdge[];
	/** Stopped: whoever draws lets it run, or ticks it. */
	readonly simulation: Simulation<PlacedNode, PlacedEdge>;
}

/** Nodes beyond which there is less room for each. */
const crowd = 80;
/** What is done before anything is shown, so that nothing flies in from the middle. */
const ticksBefore = 60;

/** Lays a drawing out; what was drawn before stays near where it was (`before`, by id). */
export function layOut(drawing: Drawing, before: ReadonlyMap<string, PlacedNode>): Layout {
	const nodes = drawing.nodes.map((node, at) => placed(node, at, before.get(node.id)));
	const byId = new Map(nodes.map((made) => [made.node.id, made]));
	const edges = drawing.edges.flatMap((edge) => {
		const [source, target] = [byId.get(edge.from), byId.get(edge.to)];
		return source && target && source !== target ? [{ source, target, edge }] : [];
	});
	const isCrowded = nodes.length > crowd;
	const centre = nodes[0];
	if (centre) {
		centre.fx = 0;
		centre.fy = 0;
	}
	const simulation = forceSimulation<PlacedNode>(nodes)
		.force(
			'link',
			forceLink<PlacedNode, PlacedEdge>([...edges]).distance(
				({ source, target }) => (isCrowded ? 36 : 72) + source.radius + target.radius,
			),
		)
		.force('charge', forceManyBody<PlacedNode>().strength(isCrowded ? -110 : -420))
		.force(
			'collide',
			forceCollide<PlacedNode>(({ radius }) => radius + (isCrowded ? 5 : 20)),
		)
		// A page is wider than it is high.
		.force('x', forceX<PlacedNode>(0).strength(0.05))
		.force('y', forceY<PlacedNode>(0).strength(0.09))
		.stop();
	simulation.tick(ticksBefore);
	return { nodes, edges, simulation };
}

/** In units of the drawing; the area grows with PageRank. */
export function radiusOf({ kind, rank, depth }: DrawnNode): number {
	const least = depth === 0 ? 9 : 5;
	return kind === 'note' ? Math.max(least, 5 + 13 * Math.sqrt(rank)) : 5;
}

/** In rings around the centre by depth, where it was not drawn before: a good start is soon at rest. */
function placed(node: DrawnNode, at: number, before: PlacedNode | undefined): PlacedNode {
	const angle = at * Math.PI * (3 - Math.sqrt(5));
	const { x, y } = before ?? { x: 130 * node.depth * Math.cos(angle), y: 90 * node.depth * Math.sin(angle) };
	return { node, radius: radiusOf(node), x, y };
}
