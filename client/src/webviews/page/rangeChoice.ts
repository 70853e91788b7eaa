import type { Language } from '../../language.ts';
import { element } from './dom.ts';

/** Minutes that can be chosen; `undefined` is all that is kept. */
export const ranges: readonly (number | undefined)[] = [5, 15, 60, undefined];

/** Chooses how much of the past is shown. */
export function rangeChoice(
	chosen: number | undefined,
	choose: (minutes: number | undefined) => void,
	{ t }: Language,
): HTMLElement {
	const choices = ranges.map((minutes) => {
		const input = element('input', { type: 'radio', name: 'range', checked: minutes === chosen });
		input.addEventListener('change', () => choose(minutes));
		const text = minutes === undefined ? t('All') : t('{0} min', minutes);
		return element('label', {}, input, element('span', {}, text));
	});
	return element(
		'fieldset',
		{ class: 'ranges' },
		element('legend', { class: 'unseen' }, t('Time shown')),
		...choices,
	);
}
