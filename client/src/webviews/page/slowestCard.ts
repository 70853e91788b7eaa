import type { SlowSearch } from '../../../../server/src/protocol/performance.ts';
import type { Language } from '../../language.ts';
import { card } from './card.ts';
import { clock } from './chartTexts.ts';
import { element, withProperty } from './dom.ts';
import { type SearchRow, type Stage, searchRows, stageLegend } from './waterfall.ts';

/** The slowest of the last searches, and where their time went. */
export function slowestCard(language: Language) {
	const { root, body } = card('slowest', language.t('Slowest searches'));
	return {
		root,
		update: (slowest: readonly SlowSearch[]) => {
			const rows = searchRows(slowest, language);
			body.show(rows, () =>
				rows.length === 0
					? [
							element(
								'p',
								{ class: 'empty' },
								language.t('No search yet. Search your notes, and see here where its time goes.'),
							),
						]
					: [legend(rows), element('ol', { class: 'searches' }, ...rows.map((row) => search(row, language)))],
			);
		},
	};
}

function legend(rows: readonly SearchRow[]): HTMLElement {
	const keys = stageLegend(rows).map(({ label, colour }) =>
		element('li', {}, element('i', { class: `swatch ${colour}` }), label),
	);
	return element('ul', { class: 'legend', 'aria-hidden': 'true' }, ...keys);
}

function search({ query, atMs, took, stages, spoken }: SearchRow, { locale }: Language): HTMLElement {
	return element(
		'li',
		{},
		element('span', { class: 'query', title: query }, query),
		element('span', { class: 'when' }, clock(atMs, locale, false)),
		element('strong', { 'aria-hidden': 'true' }, took),
		element('span', { class: 'waterfall', role: 'img', 'aria-label': spoken }, ...stages.map(bar)),
	);
}

function bar({ label, took, colour, from, share }: Stage): HTMLElement {
	const made = element('span', { class: `stage ${colour}`, title: `${label}: ${took}` });
	withProperty(made, '--from', String(from));
	return withProperty(made, '--share', String(share));
}
