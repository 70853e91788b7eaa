import { select } from 'd3-selection';
import { zoom, zoomIdentity } from 'd3-zoom';
import type { Language } from '../../../language.ts';
import type { Drawing } from '../../graph/drawing.ts';
import { drawing as svg } from '../dom.ts';
import { edgeShape, moveEdge } from './edgeShape.ts';
import { nodeTowards } from './keys.ts';
import { type Layout, layOut, type PlacedNode } from './layout.ts';
import { legibleNames } from './legibleNames.ts';
import { moveNode, nodeShape } from './nodeShape.ts';
import { shortTitle } from './texts.ts';

/** What a user does with a node. */
export interface NodeActions {
	open(id: string): void;
	centre(id: string): void;
	/** `at`: where, in pixels of the page. */
	showMenu(node: PlacedNode, at: { readonly x: number; readonly y: number }, opener: SVGElement): void;
	/** The node that is pointed at or has the focus. */
	regard(node: PlacedNode | undefined): void;
}

const margin = 48;

/** The drawing of a neighbourhood: it can be moved, zoomed, and walked through with the arrow keys. */
export class Picture {
	readonly root: SVGSVGElement;
	readonly #language: Language;
	readonly #actions: NodeActions;
	readonly #stage = svg('g', {});
	readonly #zoom = zoom<SVGSVGElement, unknown>().scaleExtent([0.1, 4]);
	#layout: Layout | undefined;
	#shapes = new Map<string, SVGGElement>();
	/** Whether the user chose what is seen; until then all is. */
	#isFramed = false;
	#scale = 1;
	/** Of all nodes, whose names stand before whose. */
	#named: readonly PlacedNode[] = [];

	constructor(language: Language, actions: NodeActions) {
		this.#language = language;
		this.#actions = actions;
		this.root = svg('svg', { class: 'picture', role: 'group' }, this.#stage);
		this.#zoom
			// A node is dragged, and a press of it is no double click on the ground.
			.filter((event: Event) => !(event.target as Element).closest('.node') || event.type === 'wheel')
			.on('zoom', ({ transform, sourceEvent }) => {
				this.#stage.setAttribute('transform', String(transform));
				this.#scale = transform.k;
				this.#stage.style.setProperty('--scale', String(transform.k));
				this.#name();
				if (sourceEvent) this.#isFramed = true;
			});
		select(this.root).call(this.#zoom);
		this.root.addEventListener('keydown', (event) => this.#onKey(event));
		new ResizeObserver(() => this.#isFramed || this.frame()).observe(this.root);
	}

	/** Draws another neighbourhood; what was drawn before moves from where it was. */
	show(drawing: Drawing): void {
		const before = this.#layout;
		const focused = this.root.contains(document.activeElement)
			? document.activeElement?.getAttribute('data-id')
			: undefined;
		before?.simulation.stop();
		const isOther = before?.nodes[0]?.node.id !== drawing.centre;
		const places = new Map(before?.nodes.map((placed) => [placed.node.id, placed]));
		const layout = layOut(drawing, places);
		this.#layout = layout;
		if (isOther) this.#isFramed = false;
		this.#make(layout);
		const { simulation } = layout;
		simulation.on('tick', () => this.#place());
		if (isStill()) simulation.tick(300);
		else simulation.alpha(before && !isOther ? 0.3 : 0.6).restart();
		this.#place();
		if (focused !== undefined) (this.#shapes.get(focused ?? '') ?? this.#shapes.get(drawing.centre))?.focus();
	}

	clear(): void {
		this.#layout?.simulation.stop();
		this.#layout = undefined;
		this.#stage.replaceChildren();
	}

	/** Shows all there is. */
	frame(): void {
		const nodes = this.#layout?.nodes ?? [];
		const { clientWidth: width, clientHeight: height } = this.root;
		if (nodes.length === 0 || width === 0 || height === 0) return;
		const [xs, ys] = [nodes.map(({ x }) => x), nodes.map(({ y }) => y)];
		const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
		const scale = Math.min(
			(width - 2 * margin) / (right - left + 60),
			(height - 2 * margin) / (bottom - top + 30),
			1.4,
		);
		const transform = zoomIdentity
			.translate(width / 2, height / 2)
			.scale(Math.max(scale, 0.1))
			.translate(-(left + right) / 2, -(top + bottom) / 2);
		select(this.root).call(this.#zoom.transform, transform);
		this.#isFramed = false;
	}

	zoomBy(factor: number): void {
		select(this.root).call(this.#zoom.scaleBy, factor);
		this.#isFramed = true;
	}

	#make({ nodes, edges }: Layout): void {
		const links = new Map<string, number>();
		for (const { edge } of edges)
			for (const id of [edge.from, edge.to]) links.set(id, (links.get(id) ?? 0) + 1);
		this.#named = nodes.toSorted((a, b) => a.node.depth - b.node.depth || b.node.rank - a.node.rank);
		this.#shapes = new Map(
			nodes.map((placed) => {
				const shape = nodeShape(placed, links.get(placed.node.id) ?? 0, this.#language);
				this.#listen(shape, placed);
				return [placed.node.id, shape];
			}),
		);
		this.#stage.replaceChildren(
			svg('g', { class: 'edges', 'aria-hidden': 'true' }, ...edges.map(edgeShape)),
			svg('g', {}, ...this.#shapes.values()),
		);
	}

	#place(): void {
		const layout = this.#layout;
		if (layout === undefined) return;
		const lines = this.#stage.querySelectorAll<SVGPathElement>('.edges > path');
		for (const [at, edge] of layout.edges.entries()) moveEdge(lines[at]!, edge);
		for (const placed of layout.nodes) moveNode(this.#shapes.get(placed.node.id)!, placed);
		if (!this.#isFramed) this.frame();
		this.#name();
	}

	/** Names have one size at any zoom: those that would cover others are hidden, until they are pointed at. */
	#name(): void {
		const names = this.#named.map(({ x, y, radius, node }) => ({
			...{ x, y, radius },
			letters: shortTitle(node.title).length,
		}));
		const legible = legibleNames(names, this.#scale);
		for (const [at, { node }] of this.#named.entries())
			this.#shapes.get(node.id)?.classList.toggle('unnamed', !legible[at]);
	}

	#listen(shape: SVGGElement, placed: PlacedNode): void {
		const { id } = placed.node;
		shape.addEventListener('pointerdown', (event) => this.#drag(event, shape, placed));
		shape.addEventListener('contextmenu', (event) => {
			event.preventDefault();
			// From the keyboard it comes without a place.
			const box = shape.getBoundingClientRect();
			const isPointed = event.clientX !== 0 || event.clientY !== 0;
			const at = isPointed
				? { x: event.clientX, y: event.clientY }
				: { x: box.left + box.width / 2, y: box.top + box.height / 2 };
			this.#actions.showMenu(placed, at, shape);
		});
		shape.addEventListener('pointerenter', () => this.#regard(id));
		shape.addEventListener('pointerleave', () => this.#regard(undefined));
		shape.addEventListener('focus', () => this.#regard(id));
		shape.addEventListener('blur', () => this.#regard(undefined));
	}

	/** Moves a node with the pointer; a press that moves nothing opens the note. */
	#drag(event: PointerEvent, shape: SVGGElement, placed: PlacedNode): void {
		if (event.button !== 0) return;
		const start = { x: event.clientX, y: event.clientY };
		const from = { x: placed.x, y: placed.y };
		let isMoved = false;
		shape.setPointerCapture(event.pointerId);
		const move = (moved: PointerEvent) => {
			const [dx, dy] = [moved.clientX - start.x, moved.clientY - start.y];
			if (!isMoved && Math.hypot(dx, dy) < 4) return;
			const scale = this.#stage.getCTM()?.a ?? 1;
			isMoved = true;
			this.#isFramed = true;
			placed.fx = placed.x = from.x + dx / scale;
			placed.fy = placed.y = from.y + dy / scale;
			if (isStill()) this.#place();
			else this.#layout?.simulation.alphaTarget(0.2).restart();
		};
		const end = () => {
			shape.removeEventListener('pointermove', move);
			this.#layout?.simulation.alphaTarget(0);
			if (!isMoved) this.#actions.open(placed.node.id);
		};
		shape.addEventListener('pointermove', move);
		shape.addEventListener('pointerup', end, { once: true });
	}

	#onKey(event: KeyboardEvent): void {
		const id = (event.target as Element).getAttribute('data-id');
		const nodes = this.#layout?.nodes ?? [];
		const current = nodes.find(({ node }) => node.id === id);
		if (current === undefined) return;
		const next = event.key === 'Home' ? nodes[0] : nodeTowards(event.key, current, nodes);
		if (next) {
			for (const shape of this.#shapes.values()) shape.setAttribute('tabindex', '-1');
			const shape = this.#shapes.get(next.node.id)!;
			shape.setAttribute('tabindex', '0');
			shape.focus();
		} else if (event.key === 'Enter') this.#actions.open(current.node.id);
		else if (event.key === ' ') this.#actions.centre(current.node.id);
		else if (!event.key.startsWith('Arrow')) return;
		event.preventDefault();
	}

	/** Brings out a node and what it is linked with. */
	#regard(id: string | undefined): void {
		const { nodes = [], edges = [] } = this.#layout ?? {};
		const near = new Set(id === undefined ? [] : [id]);
		const lines = this.#stage.querySelectorAll<SVGPathElement>('.edges > path');
		edges.forEach(({ edge }, at) => {
			const isNear = edge.from === id || edge.to === id;
			if (isNear) near.add(edge.from).add(edge.to);
			lines[at]?.classList.toggle('near', isNear);
		});
		this.root.classList.toggle('regarding', id !== undefined);
		for (const [other, shape] of this.#shapes) shape.classList.toggle('near', near.has(other));
		this.#actions.regard(nodes.find(({ node }) => node.id === id));
	}
}

/** Whether the user wants nothing to move: the system's wish, or VS Code's. */
function isStill(): boolean {
	return (
		document.body.classList.contains('vscode-reduce-motion') ||
		matchMedia('(prefers-reduced-motion: reduce)').matches
	);
}
