import type { Language } from '../../../language.ts';
import { element } from '../dom.ts';
import type { PlacedNode } from './layout.ts';

/** What can be done with a node. */
export interface MenuActions {
	open(id: string): void;
	centre(id: string): void;
}

/** Shows a node's menu at a place of the page. It goes with Escape, with what is chosen, or when the focus leaves it. */
export function showNodeMenu(
	{ node }: PlacedNode,
	at: { readonly x: number; readonly y: number },
	opener: SVGElement,
	actions: MenuActions,
	{ t }: Language,
): void {
	document.querySelector('.menu')?.remove();
	const entries = [
		...(node.kind === 'note' ? [{ label: t('Open Note'), run: () => actions.open(node.id) }] : []),
		...(node.depth > 0 ? [{ label: t('Centre Here'), run: () => actions.centre(node.id) }] : []),
	];
	if (entries.length === 0) return;
	const menu = element('div', { class: 'menu', role: 'menu', 'aria-label': node.title });
	const close = () => {
		menu.remove();
		opener.focus();
	};
	const items = entries.map(({ label, run }) => {
		const item = element('button', { type: 'button', role: 'menuitem', tabindex: -1 }, label);
		item.addEventListener('click', () => {
			close();
			run();
		});
		return item;
	});
	menu.append(...items);
	menu.addEventListener('focusout', ({ relatedTarget }) => {
		if (!menu.contains(relatedTarget as Node | null)) menu.remove();
	});
	menu.addEventListener('keydown', (event) => {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (event.key === 'Escape' || event.key === 'Tab') close();
		else if (step !== undefined) {
			const current = items.indexOf(document.activeElement as HTMLButtonElement);
			items[(current + step + items.length) % items.length]!.focus();
		} else return;
		event.preventDefault();
	});
	document.querySelector('main')!.append(menu);
	const { offsetWidth, offsetHeight } = menu;
	menu.style.left = `${Math.max(0, Math.min(at.x, innerWidth - offsetWidth - 4))}px`;
	menu.style.top = `${Math.max(0, Math.min(at.y, innerHeight - offsetHeight - 4))}px`;
	items[0]!.focus();
}
