import type { Child } from './dom.ts';

/**
 * A part of the page that is made anew when what it shows has changed, and left alone otherwise, so that neither focus
 * nor selection is lost with every sample.
 */
export class Region {
	readonly root: HTMLElement;
	#shown: string | undefined;

	constructor(root: HTMLElement) {
		this.root = root;
	}

	/** `make` must depend on `model`, plain data, alone. Focus stays where the new part has the same `data-key`. */
	show(model: unknown, make: () => readonly Child[]): void {
		const wanted = JSON.stringify(model) ?? '';
		if (wanted === this.#shown) return;
		this.#shown = wanted;
		const focused = this.root.contains(document.activeElement)
			? (document.activeElement as HTMLElement).dataset.key
			: undefined;
		this.root.replaceChildren(...make().filter((child) => child !== undefined));
		if (focused === undefined) return;
		this.root.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
	}
}
