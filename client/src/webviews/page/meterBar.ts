import { element, withProperty } from './dom.ts';
import type { Meter } from './indexFacts.ts';

/** A share as a bar under its words. */
export function meterBar({ label, text, share }: Meter): HTMLElement {
	const bar = element('span', { class: 'bar', 'aria-hidden': 'true' }, element('span', { class: 'fill' }));
	withProperty(bar, '--share', String(share ?? 0));
	return element(
		'div',
		{ class: 'meter' },
		element('span', { class: 'label' }, label),
		element('span', { class: 'text' }, text),
		bar,
	);
}
