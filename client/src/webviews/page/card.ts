import { element } from './dom.ts';
import { Region } from './region.ts';

/** A titled box of the page. */
export interface Card {
	readonly root: HTMLElement;
	/** Beside the title. */
	readonly aside: HTMLElement;
	readonly body: Region;
}

/** Makes a card that screen readers list as a region by its title. */
export function card(id: string, title: string): Card {
	const heading = `${id}-title`;
	const aside = element('span', { class: 'aside' });
	const body = element('div', { class: 'body' });
	const head = element('header', {}, element('h2', { id: heading }, title), aside);
	const root = element('section', { class: `card ${id}`, 'aria-labelledby': heading }, head, body);
	return { root, aside, body: new Region(body) };
}
