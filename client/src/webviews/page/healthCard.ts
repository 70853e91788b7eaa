import type { PartHealth } from '../../../../server/src/protocol/performance.ts';
import { type HealthRow, healthRows } from '../../healthRows.ts';
import type { Language } from '../../language.ts';
import { card } from './card.ts';
import { element } from './dom.ts';

/** How the parts are, and what to do where one is not well. */
export function healthCard(
	titles: Readonly<Record<string, string>>,
	run: (command: string) => void,
	language: Language,
) {
	const { root, body } = card('health', language.t('Health'));
	return {
		root,
		update: (health: readonly PartHealth[]) => {
			const rows = healthRows(health, titles, language);
			body.show(rows, () => [element('ul', { class: 'parts' }, ...rows.map((row) => part(row, run)))]);
		},
	};
}

function part(
	{ part, health, healthText, reason, remedy, button }: HealthRow,
	run: (command: string) => void,
) {
	const act =
		button && element('button', { type: 'button', class: 'secondary', 'data-key': part }, button.title);
	act?.addEventListener('click', () => run(button!.command));
	const row = element(
		'li',
		{ class: health },
		element('span', { class: 'name' }, part),
		element('span', { class: 'badge' }, healthText),
		reason === undefined ? undefined : element('p', { class: 'reason' }, reason),
		remedy === undefined ? undefined : element('p', { class: 'remedy' }, remedy),
		act,
	);
	return row;
}
