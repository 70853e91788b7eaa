import type { TargetStatus } from '../../../../server/src/protocol/performance.ts';
import type { Language } from '../../language.ts';
import { card } from './card.ts';
import { drawing, element } from './dom.ts';
import { type Gauge, gaugeOf, targetShare } from './gauges.ts';

const radius = 52;
const length = Math.PI * radius;

/** The targets of the guide as dials with our figures. */
export function gaugeCard(language: Language) {
	const { root, body } = card('targets', language.t('Targets'));
	return {
		root,
		update: (targets: readonly TargetStatus[]) => {
			const gauges = targets.map((target) => gaugeOf(target, language));
			body.show(gauges, () => [element('ul', { class: 'gauges' }, ...gauges.map(gauge))]);
		},
	};
}

/** The words beside it say all that the drawing does. */
function gauge({ label, value, unit, target, verdict, verdictText, share }: Gauge): HTMLElement {
	const arc = { class: 'arc', d: `M 8 60 A ${radius} ${radius} 0 0 1 ${8 + 2 * radius} 60` };
	const filled = drawing('path', {
		...arc,
		class: 'arc filled',
		'stroke-dasharray': `${share * length} ${length}`,
	});
	const angle = Math.PI * (1 - targetShare);
	const at = (r: number) => ({ x: 8 + radius + r * Math.cos(angle), y: 60 - r * Math.sin(angle) });
	const [from, to] = [at(radius - 8), at(radius + 7)];
	const svg = drawing(
		'svg',
		{ viewBox: '0 0 120 66', 'aria-hidden': 'true', focusable: 'false' },
		drawing('path', { ...arc, class: 'arc track' }),
		share > 0 ? filled : undefined,
		drawing('line', { class: 'mark', x1: from.x, y1: from.y, x2: to.x, y2: to.y }),
	);
	return element(
		'li',
		{ class: `gauge ${verdict}` },
		element('span', { class: 'dial' }, svg, element('strong', {}, `${value} `, element('small', {}, unit))),
		element('span', { class: 'name' }, label),
		element('span', { class: 'target' }, target),
		element('span', { class: 'verdict' }, verdictText),
	);
}
