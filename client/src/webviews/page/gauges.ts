import type { TargetName, TargetStatus } from '../../../../server/src/protocol/performance.ts';
import { formatFigure } from '../../formats.ts';
import type { Language } from '../../language.ts';

/** One target of the guide, as a dial. */
export interface Gauge {
	readonly label: string;
	/** A dash before it was measured. */
	readonly value: string;
	readonly unit: string;
	readonly target: string;
	readonly verdict: 'met' | 'missed' | 'unknown';
	readonly verdictText: string;
	/** How far the dial is filled, 0 to 1; the target lies at `targetShare`. */
	readonly share: number;
}

/** Where the target lies on every dial, so that a missed one is seen to be beyond it. */
export const targetShare = 2 / 3;

export function gaugeOf({ name, better, target, value, unit }: TargetStatus, language: Language): Gauge {
	const { t } = language;
	const isMet = value !== undefined && (better === 'below' ? value < target : value > target);
	const verdict = value === undefined ? 'unknown' : isMet ? 'met' : 'missed';
	const shownUnit = unitText(unit, language);
	const amount = `${formatFigure(target, language.locale)} ${shownUnit}`;
	return {
		label: gaugeLabel(name, language),
		value: value === undefined ? '–' : formatFigure(value, language.locale),
		unit: value === undefined ? '' : shownUnit,
		target: better === 'below' ? t('Target: below {0}', amount) : t('Target: above {0}', amount),
		verdict,
		verdictText: { met: t('Met'), missed: t('Missed'), unknown: t('Not measured yet') }[verdict],
		share: value === undefined || target <= 0 ? 0 : Math.min(1, (value / target) * targetShare),
	};
}

function gaugeLabel(name: TargetName, { t }: Language): string {
	switch (name) {
		case 'search':
			return t('Search response');
		case 'indexing':
			return t('Indexing speed');
		case 'memory':
			return t('Memory in use');
		case 'graph':
			return t('Graph query');
	}
}

function unitText(unit: string, { t }: Language): string {
	return unit === 'files/min' ? t('files/min') : unit;
}
