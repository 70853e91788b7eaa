export type Child = Node | string | undefined;
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Makes an element. Attributes that are `undefined` or false are left out; text is text and never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
	tag: K,
	attributes: Attributes = {},
	...children: readonly Child[]
): HTMLElementTagNameMap[K] {
	return filled(document.createElement(tag), attributes, children);
}

/** The same for a drawing. */
export function drawing<K extends keyof SVGElementTagNameMap>(
	tag: K,
	attributes: Attributes = {},
	...children: readonly Child[]
): SVGElementTagNameMap[K] {
	return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled<E extends Element>(made: E, attributes: Attributes, children: readonly Child[]): E {
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === false) continue;
		made.setAttribute(name, value === true ? '' : String(value));
	}
	made.append(...children.filter((child) => child !== undefined));
	return made;
}

/** Sets a property of the style sheet's own; the policy forbids style attributes, not this. */
export function withProperty<E extends HTMLElement | SVGElement>(
	made: E,
	name: `--${string}`,
	value: string,
): E {
	made.style.setProperty(name, value);
	return made;
}
