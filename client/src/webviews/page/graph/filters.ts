import type { Language } from '../../../language.ts';
import type { Choice, Drawing } from '../../graph/drawing.ts';
import { type Child, element } from '../dom.ts';
import { Region } from '../region.ts';
import { kindText } from './texts.ts';

/** What of the neighbourhood is drawn. */
export function filters(choose: (choice: Choice) => void, language: Language) {
	const region = new Region(element('form', { class: 'filters', 'aria-label': language.t('Filters') }));
	region.root.addEventListener('submit', (event) => event.preventDefault());
	return {
		root: region.root,
		update: ({ kinds, tags }: Drawing, choice: Choice) =>
			region.show([kinds, tags, choice], () => controls(kinds, tags, choice, choose, language)),
	};
}

function controls(
	kinds: readonly string[],
	tags: readonly string[],
	choice: Choice,
	choose: (choice: Choice) => void,
	language: Language,
): readonly Child[] {
	const { t } = language;
	const depths = ['1', '2', '3', '4', '5'].map((depth) => [depth, depth] as const);
	const directions = [
		['both', t('Both ways')],
		['out', t('Outgoing')],
		['in', t('Incoming')],
	] as const;
	// A tag that was chosen stays to be seen, and can be let go of, where it is no longer around.
	const around = choice.tag === undefined || tags.includes(choice.tag) ? tags : [choice.tag, ...tags];
	const tagged = [['', t('All')], ...around.map((tag) => [tag, `#${tag}`] as const)] as const;
	return [
		select(t('Depth'), depths, String(choice.depth), (depth) => choose({ ...choice, depth: Number(depth) })),
		select(t('Direction'), directions, choice.direction, (chosen) =>
			choose({ ...choice, direction: directions.find(([value]) => value === chosen)![0] }),
		),
		around.length === 0
			? undefined
			: select(t('Tag'), tagged, choice.tag ?? '', (tag) => {
					const { tag: _, ...others } = choice;
					choose(tag === '' ? others : { ...others, tag });
				}),
		kinds.length === 0
			? undefined
			: element(
					'fieldset',
					{ class: 'kinds' },
					element('legend', { class: 'unseen' }, t('Kinds of links')),
					...kinds.map((kind) => kindBox(kind, choice, choose, language)),
				),
	];
}

function kindBox(
	kind: string,
	choice: Choice,
	choose: (choice: Choice) => void,
	language: Language,
): HTMLElement {
	const isShown = !choice.hiddenKinds.includes(kind);
	const box = element('input', { type: 'checkbox', checked: isShown, 'data-key': `kind ${kind}` });
	box.addEventListener('change', () => {
		const others = choice.hiddenKinds.filter((hidden) => hidden !== kind);
		choose({ ...choice, hiddenKinds: box.checked ? others : [...others, kind] });
	});
	return element('label', {}, box, kindText(kind, language));
}

function select(
	label: string,
	options: readonly (readonly [value: string, text: string])[],
	chosen: string,
	choose: (value: string) => void,
): HTMLElement {
	const list = element(
		'select',
		{ 'data-key': label },
		...options.map(([value, text]) => element('option', { value, selected: value === chosen }, text)),
	);
	list.addEventListener('change', () => choose(list.value));
	return element('label', {}, `${label} `, list);
}
