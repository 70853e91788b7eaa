import type { Language } from '../../../language.ts';
import type { Drawing, DrawnNode } from '../../graph/drawing.ts';
import { type Child, element } from '../dom.ts';
import { Region } from '../region.ts';
import type { MenuActions } from './nodeMenu.ts';
import { awayText } from './texts.ts';

/** All nodes as a list, by how far they are: what the drawing shows, without it. */
export function nodeList(actions: MenuActions, language: Language) {
	const { t } = language;
	const region = new Region(element('aside', { class: 'list', 'aria-label': t('List of the graph') }));
	return {
		root: region.root,
		update: (drawing: Drawing) => region.show(drawing.nodes, () => levels(drawing, actions, language)),
	};
}

function levels({ nodes }: Drawing, actions: MenuActions, language: Language): readonly Child[] {
	const depths = [...new Set(nodes.map(({ depth }) => depth))].sort((a, b) => a - b);
	return depths.flatMap((depth) => [
		element('h2', {}, depth === 0 ? language.t('Centre') : awayText(depth, language)),
		element(
			'ul',
			{},
			...nodes.filter((node) => node.depth === depth).map((node) => entry(node, actions, language)),
		),
	]);
}

function entry(node: DrawnNode, actions: MenuActions, { t }: Language): Child {
	const title = node.kind === 'tag' ? `#${node.title}` : node.title;
	const name =
		node.kind === 'note'
			? button(title, 'link', `open ${node.id}`, () => actions.open(node.id))
			: element('span', { class: node.kind }, title);
	if (node.kind === 'missing') name.append(element('span', { class: 'aside' }, ` · ${t('does not exist')}`));
	const centre = button(t('Centre'), 'quiet', `centre ${node.id}`, () => actions.centre(node.id));
	centre.setAttribute('aria-label', t('Centre on {0}', title));
	return element('li', {}, name, node.depth === 0 ? undefined : centre);
}

function button(label: string, look: string, key: string, run: () => void): HTMLButtonElement {
	const made = element('button', { type: 'button', class: look, 'data-key': key }, label);
	made.addEventListener('click', run);
	return made;
}
