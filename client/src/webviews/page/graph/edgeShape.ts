import { drawing as svg } from '../dom.ts';
import type { PlacedEdge } from './layout.ts';

/** Length of a tip, in units of the drawing. */
const tip = 6;

/** A link: a line with a tip where it leads to. What is no plain link is dashed. */
export function edgeShape({ edge }: PlacedEdge): SVGPathElement {
	const kind = ['link', 'embed', 'tag', 'parent'].includes(edge.kind) ? edge.kind : 'relation';
	return svg('path', { class: `edge ${kind}` });
}

export function moveEdge(shape: SVGPathElement, { source, target }: PlacedEdge): void {
	const [dx, dy] = [target.x - source.x, target.y - source.y];
	const length = Math.hypot(dx, dy) || 1;
	const [ux, uy] = [dx / length, dy / length];
	const at = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;
	const [startX, startY] = [source.x + ux * source.radius, source.y + uy * source.radius];
	const [endX, endY] = [target.x - ux * (target.radius + 2), target.y - uy * (target.radius + 2)];
	const wing = (side: number) =>
		at(endX - ux * tip - uy * side * tip * 0.5, endY - uy * tip + ux * side * tip * 0.5);
	shape.setAttribute(
		'd',
		`M${at(startX, startY)}L${at(endX, endY)}M${wing(1)}L${at(endX, endY)}L${wing(-1)}`,
	);
}
