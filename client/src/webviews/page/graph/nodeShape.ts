import type { Language } from '../../../language.ts';
import { drawing as svg } from '../dom.ts';
import type { PlacedNode } from './layout.ts';
import { shortTitle, spokenNode } from './texts.ts';

/** A node: a disc for a note, a square for a tag, a ring for what is missing; and its name below. */
export function nodeShape({ node, radius }: PlacedNode, links: number, language: Language): SVGGElement {
	const isCentre = node.depth === 0;
	const name = (text: string, kind: string) =>
		svg('text', { class: kind, y: radius, dy: '1.15em', 'text-anchor': 'middle' }, text);
	const title = node.kind === 'tag' ? `#${node.title}` : node.title;
	return svg(
		'g',
		{
			class: `node ${node.kind}${isCentre ? ' centre' : ''} depth${Math.min(node.depth, 3)}`,
			'data-id': node.id,
			role: 'button',
			tabindex: isCentre ? 0 : -1,
			'aria-label': spokenNode(node, links, language),
			'aria-current': isCentre ? 'true' : undefined,
		},
		// Larger than what is seen, to be hit.
		svg('circle', { class: 'target', r: Math.max(radius + 4, 12) }),
		isCentre ? svg('circle', { class: 'halo', r: radius + 5 }) : undefined,
		node.kind === 'tag'
			? svg('rect', { class: 'mark', x: -radius, y: -radius, width: 2 * radius, height: 2 * radius, rx: 2 })
			: svg('circle', { class: 'mark', r: radius }),
		name(shortTitle(title), 'name short'),
		name(title, 'name whole'),
	);
}

export function moveNode(shape: SVGGElement, { x, y }: PlacedNode): void {
	shape.setAttribute('transform', `translate(${x.toFixed(1)},${y.toFixed(1)})`);
}
