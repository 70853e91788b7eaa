import type { StatusResult } from '../../../../server/src/protocol/status.ts';
import type { Language } from '../../language.ts';
import { card } from './card.ts';
import { element } from './dom.ts';
import { cacheMeters, coverageOf } from './indexFacts.ts';
import { meterBar } from './meterBar.ts';

/** How much of the notes is indexed. */
export function coverageCard(language: Language) {
	const { root, aside, body } = card('coverage', language.t('Index'));
	return {
		root,
		update: (status: StatusResult) => {
			const coverage = coverageOf(status, language);
			const { percent, meter, facts } = coverage;
			aside.textContent = percent === undefined ? '' : `${percent} %`;
			body.show(coverage, () => [
				meterBar(meter),
				element(
					'dl',
					{ class: 'facts' },
					...facts.map(([name, value]) =>
						element('div', {}, element('dt', {}, name), element('dd', {}, value)),
					),
				),
			]);
		},
	};
}

/** How often a cache had what was looked up. */
export function cacheCard(language: Language) {
	const { root, body } = card('caches', language.t('Caches'));
	return {
		root,
		update: (status: StatusResult) => {
			const meters = cacheMeters(status, language);
			body.show(meters, () => meters.map(meterBar));
		},
	};
}
